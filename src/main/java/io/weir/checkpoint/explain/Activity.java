package io.weir.checkpoint.explain;

import io.weir.snapshot.TaskId;
import java.util.Objects;
import java.util.Optional;

/**
 * What a task was doing when it was looked at.
 *
 * @param doing what its thread was doing
 * @param operator name of the operator that was at work, or of the first one of its chain
 * @param waitsFor the task whose full input keeps this one from going on; only if it is
 *     back-pressured
 */
public record Activity(Doing doing, String operator, Optional<TaskId> waitsFor) {

  /** Kinds of work. */
  public enum Doing {
    /** Inside an operator's code, with a record. */
    PROCESSING,
    /** Inside an operator's code, with timers that are due. */
    FIRING_TIMERS,
    /** Inside a source's reader. */
    READING,
    /** Waiting for room in an output. */
    BACK_PRESSURED,
    /** Waiting for something to do. */
    IDLE,
    /** It has ended, or has not begun. */
    NOT_RUNNING
  }

  public Activity {
    Objects.requireNonNull(doing, "doing");
    Objects.requireNonNull(operator, "operator");
    if (waitsFor.isPresent() && doing != Doing.BACK_PRESSURED) {
      throw new IllegalArgumentException("only a back-pressured task waits for another: " + doing);
    }
  }

  /** An activity that waits for no other task. */
  public static Activity of(Doing doing, String operator) {
    return new Activity(doing, operator, Optional.empty());
  }

  /** For a sentence that has named the task already. */
  String clause() {
    return switch (doing) {
      case PROCESSING -> "it was processing a record in operator '" + operator + "'";
      case FIRING_TIMERS -> "it was firing timers of operator '" + operator + "'";
      case READING -> "it was inside the reader of source '" + operator + "'";
      case BACK_PRESSURED -> "it was waiting for room in its output";
      case IDLE -> "it had nothing to do";
      case NOT_RUNNING -> "it was not running";
    };
  }
}
