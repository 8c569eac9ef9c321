/**
 * How much data may be in flight in front of a task, so that an unaligned checkpoint stays small
 * and an aligned one quick: as much as the task processes in a target time. Flink calls it buffer
 * debloating.
 *
 * <p>Pure: a limit follows from measurements alone. All types are immutable values.
 */
package io.weir.checkpoint.inflight;
