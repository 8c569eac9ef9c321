/**
 * What each barrier, trigger, abort and end of input means for one task: which channels to block,
 * when to take the snapshot, which checkpoint to give up.
 *
 * <p>{@link io.weir.barrier.BarrierHandler} feeds events to a state machine with one small class
 * per state; {@link io.weir.barrier.BarrierController} is all that the machine can do. No clock, no
 * I/O, no threads: the order of the events is enough to replay it.
 *
 * <p>Everything here belongs to the one task that created it and is not safe for use by several
 * threads, except the immutable values {@code Barrier}, {@code CheckpointOptions} and {@code
 * AlignmentFacts}.
 */
package io.weir.barrier;
