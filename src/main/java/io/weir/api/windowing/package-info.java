/**
 * Windows: finite groups of the records of an endless stream. An {@linkplain
 * io.weir.api.windowing.assigners assigner} says to which {@linkplain io.weir.api.windowing.windows
 * windows} a record belongs, a {@linkplain io.weir.api.windowing.triggers trigger} when a window
 * gives a result, and an {@linkplain io.weir.api.windowing.evictors evictor} which of its records
 * count.
 *
 * <p>Assigners, triggers and evictors are copied for every subtask and called by its thread only.
 */
package io.weir.api.windowing;
