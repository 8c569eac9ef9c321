package io.weir.restore;

import io.weir.snapshot.OperatorId;

/**
 * Something that stands against a restore, or that its user should know.
 *
 * @param operator whose state it is about
 * @param message what, why, and what can be done
 */
public record RestoreProblem(Kind kind, OperatorId operator, String message) {

  /** What is wrong. */
  public enum Kind {
    /** No operator of the job takes a state of the snapshot. */
    UNCLAIMED_STATE(true),
    /**
     * No operator of the job takes a state of the snapshot, and the user has allowed to leave it.
     */
    DROPPED_STATE(false),
    /** The state backend of the job does not read what that of the snapshot has written. */
    STATE_BACKEND(true),
    /** The key groups of the snapshot are not those of the job. */
    MAX_PARALLELISM(true),
    /** An operator had finished, but its chain or its inputs would run. */
    FINISHED_OPERATOR(true),
    /** Records were in flight on an edge that the job does not have. */
    IN_FLIGHT(true);

    private final boolean refusing;

    Kind(boolean refusing) {
      this.refusing = refusing;
    }

    /** Whether the restore cannot be done. */
    public boolean isRefusing() {
      return refusing;
    }
  }
}
