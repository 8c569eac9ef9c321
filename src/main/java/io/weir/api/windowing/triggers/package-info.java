/**
 * When a window gives a result. Triggers are copied for every subtask and called by its thread
 * only; what they remember per key and window is kept in state.
 */
package io.weir.api.windowing.triggers;
