package io.weir.checkpoint.explain;

import io.weir.snapshot.TaskId;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one checkpoint when it has come to its end.
 *
 * @param triggeredMillis when it was triggered, milliseconds since the epoch
 * @param endedMillis when it was completed or given up
 * @param outcome how it ended
 * @param subtasks those who take part
 */
public record CheckpointTrace(
    long checkpointId,
    long triggeredMillis,
    long endedMillis,
    Outcome outcome,
    List<SubtaskTrace> subtasks) {

  /** How a checkpoint may end, in the words of a sentence. */
  public enum Outcome {
    COMPLETED("took"),
    EXPIRED("expired after"),
    FAILED("was given up after");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }
  }

  public CheckpointTrace {
    subtasks = List.copyOf(subtasks);
    if (endedMillis < triggeredMillis) {
      throw new IllegalArgumentException(
          "checkpoint " + checkpointId + " ended before it was triggered");
    }
  }

  long durationMillis() {
    return endedMillis - triggeredMillis;
  }

  Optional<SubtaskTrace> find(TaskId task) {
    return subtasks.stream().filter(each -> each.task().equals(task)).findFirst();
  }

  /** The beginning of every sentence. */
  String subject() {
    return "Checkpoint "
        + checkpointId
        + " "
        + outcome.words
        + " "
        + Seconds.of(durationMillis())
        + ": ";
  }
}
