/**
 * Which windows a record belongs to. Assigners are copied for every subtask and called by its
 * thread only.
 */
package io.weir.api.windowing.assigners;
