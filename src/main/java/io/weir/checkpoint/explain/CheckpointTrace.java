package io.weir.checkpoint.explain;

import io.weir.snapshot.TaskId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of one checkpoint when it has come to its end.
 *
 * @param triggeredMillis when it was triggered, milliseconds since the epoch
 * @param toldMillis when the first subtasks were told of it, or -1 if they never were
 * @param endedMillis when it was completed or given up
 * @param outcome how it ended
 * @param reason why it was given up, for people; empty if it was not
 * @param decline the one because of which it was given up
 * @param subtasks those who take part
 */
public record CheckpointTrace(
    long checkpointId,
    long triggeredMillis,
    long toldMillis,
    long endedMillis,
    Outcome outcome,
    String reason,
    Optional<Decline> decline,
    List<SubtaskTrace> subtasks) {

  /** How a checkpoint may end, in the words of a sentence. */
  public enum Outcome {
    COMPLETED("took"),
    /** It was not complete in time. */
    EXPIRED("expired after"),
    /** A newer one was complete first. */
    OVERTAKEN("was overtaken after"),
    /** For a reason that does not depend on how far it had come. */
    FAILED("was given up after");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }
  }

  public CheckpointTrace {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(decline, "decline");
    subtasks = List.copyOf(subtasks);
    if (toldMillis >= 0 && toldMillis < triggeredMillis) {
      throw new IllegalArgumentException(
          "checkpoint " + checkpointId + " was told of before it was triggered");
    }
    if (endedMillis < Math.max(triggeredMillis, toldMillis)) {
      throw new IllegalArgumentException("checkpoint " + checkpointId + " ended before it began");
    }
  }

  /** The same, if it ends then. */
  public CheckpointTrace endedAt(long millis) {
    return new CheckpointTrace(
        checkpointId,
        triggeredMillis,
        toldMillis,
        Math.max(endedMillis, millis),
        outcome,
        reason,
        decline,
        subtasks);
  }

  /** The same, if it comes to nothing for a reason. */
  public CheckpointTrace failed(String why) {
    return new CheckpointTrace(
        checkpointId,
        triggeredMillis,
        toldMillis,
        endedMillis,
        Outcome.FAILED,
        why,
        decline,
        subtasks);
  }

  long durationMillis() {
    return endedMillis - triggeredMillis;
  }

  boolean isAcknowledgedByAll() {
    return subtasks.stream().allMatch(SubtaskTrace::isAcknowledged);
  }

  Optional<SubtaskTrace> find(TaskId task) {
    return subtasks.stream().filter(each -> each.task().equals(task)).findFirst();
  }

  /** The subtask at the other end of the late channel, if that takes part. */
  Optional<SubtaskTrace> lateProducerOf(SubtaskTrace subtask) {
    return subtask.late().flatMap(late -> find(late.producer()));
  }

  /** The other end of the late channel, for people. */
  String lateProducerName(SubtaskTrace subtask) {
    return lateProducerOf(subtask).map(SubtaskTrace::name).orElse("a task that has finished");
  }

  Explanation explained(Optional<SubtaskTrace> culprit, Phase phase, String predicate) {
    return new Explanation(
        culprit.map(SubtaskTrace::task),
        phase,
        "Checkpoint "
            + checkpointId
            + " "
            + outcome.words
            + " "
            + Seconds.of(durationMillis())
            + ": "
            + predicate);
  }
}
