/**
 * Figures that functions, sources and sinks report about themselves. A group belongs to one
 * subtask; its counters are changed on that subtask's thread only and read by others at any time.
 */
package io.weir.api.metrics;
