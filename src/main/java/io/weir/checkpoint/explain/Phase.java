package io.weir.checkpoint.explain;

/**
 * The parts of a checkpoint's way through one subtask, in their order, and what is up to the
 * coordinator alone.
 */
public enum Phase {
  /** A source had not taken the trigger up. */
  TRIGGER,
  /** The barrier had not reached the subtask on any channel. */
  START_DELAY,
  /** It had come on some channels and not on others. */
  ALIGNMENT,
  /** The subtask's synchronous part. */
  SYNC,
  /** Of an unaligned checkpoint: not all channels had said where their barrier is. */
  CAPTURE,
  /** The subtask's asynchronous part: the state on its way to storage. */
  ASYNC,
  /** The subtask was done, and the coordinator had not heard of it. */
  ACKNOWLEDGEMENT,
  /** No subtask was waited for: the coordinator had work of its own, or ended the checkpoint. */
  COORDINATION;

  /** Whether the subtask had not sent its own barriers yet. */
  boolean isBeforeSnapshot() {
    return compareTo(SYNC) < 0;
  }
}
