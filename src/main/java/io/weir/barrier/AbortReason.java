package io.weir.barrier;

/** Why a task gives a checkpoint up. */
public enum AbortReason {
  /** A barrier of a newer checkpoint arrived first; the coordinator does not know it yet. */
  SUBSUMED(true),
  /** The coordinator, or a task in front of this one, gave the checkpoint up. */
  CANCELLED(false);

  private final boolean newToCoordinator;

  AbortReason(boolean newToCoordinator) {
    this.newToCoordinator = newToCoordinator;
  }

  /**
   * Whether the coordinator has to be told, because this task is where the checkpoint came to its
   * end.
   */
  public boolean isNewToCoordinator() {
    return newToCoordinator;
  }
}
