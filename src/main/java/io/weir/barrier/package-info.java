/**
 * What each barrier, trigger, abort and end of input means for one task: which channels to block,
 * when to take the snapshot, which records in flight belong to it, which checkpoint to give up.
 *
 * <p>{@link io.weir.barrier.BarrierHandler} feeds events to a state machine with one small class
 * per state; {@link io.weir.barrier.BarrierController} is all that the machine can do. No clock, no
 * I/O, no threads: the order of the events is enough to replay it.
 *
 * <p>Exactly-once has three states. {@code WaitingForFirstBarrier} goes to {@code
 * CollectingBarriers} with the first barrier or announcement. From there it goes back when all
 * barriers are in (aligned), or on to {@code CapturingInFlight} as soon as the barrier overtakes
 * (unaligned from its start, told so by a task in front, or timed out) and every channel that has
 * to stay aligned has delivered it; and from there back when each channel's barrier has been
 * announced or met. At-least-once has one state, {@code CountingBarriers}.
 *
 * <p>Everything here belongs to the one task that created it and is not safe for use by several
 * threads, except the immutable values {@code Barrier}, {@code CheckpointOptions} and {@code
 * AlignmentFacts}.
 */
package io.weir.barrier;
