package io.weir.checkpoint.explain;

import io.weir.snapshot.TaskId;
import java.util.Objects;
import java.util.Optional;

/**
 * What a task was doing when it was looked at.
 *
 * @param doing what its thread was doing
 * @param fullestConsumer of the tasks that it feeds, the one with the most of its records to read;
 *     empty if it feeds none
 */
public record Activity(Doing doing, Optional<TaskId> fullestConsumer) {

  /** Kinds of work. */
  public enum Doing {
    /** Inside an operator's code, with a record. */
    PROCESSING("was processing records"),
    /** Inside an operator's code, with timers that are due. */
    FIRING_TIMERS("was firing timers"),
    /** Inside a source's reader. */
    READING("was inside its source's reader"),
    /** Inside a source's reader, or in one of the operators that are chained to it. */
    READING_AND_PROCESSING("was inside its source's reader or the operators chained to it"),
    /** Waiting for room in an output. */
    BACK_PRESSURED("was waiting for room in its output"),
    /** Waiting for something to do. */
    IDLE("had nothing to do"),
    /** It has ended, or has not begun. */
    NOT_RUNNING("was not running");

    private final String words;

    Doing(String words) {
      this.words = words;
    }
  }

  public Activity {
    Objects.requireNonNull(doing, "doing");
    Objects.requireNonNull(fullestConsumer, "fullestConsumer");
  }

  /** The activity of a task that feeds none. */
  public static Activity of(Doing doing) {
    return new Activity(doing, Optional.empty());
  }

  /** For a sentence that has named the task already. */
  String words() {
    return doing.words;
  }
}
