package io.weir.checkpoint.explain;

/** The parts of a checkpoint's way through one subtask, and the end of it in the coordinator. */
public enum Phase {
  /** A source had not taken the trigger up. */
  TRIGGER,
  /** The barrier had not reached the subtask on any channel. */
  START_DELAY,
  /** It had come on some channels and not on others. */
  ALIGNMENT,
  /** The subtask's synchronous part. */
  SYNC,
  /** Its asynchronous part: the state on its way to storage. */
  ASYNC,
  /** The subtask was done, and the coordinator had not heard of it. */
  ACKNOWLEDGEMENT,
  /** All had acknowledged: metadata and catalog. */
  COMPLETION
}
