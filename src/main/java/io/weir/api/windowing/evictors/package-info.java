/**
 * Which of a window's records count when it gives a result. Evictors are copied for every subtask
 * and called by its thread only.
 */
package io.weir.api.windowing.evictors;
