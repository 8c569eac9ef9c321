package io.weir.api.environment;

import java.util.List;
import java.util.Objects;

/**
 * What a dry run of a restore has found: would the job start with what it is to begin with? Nothing
 * has been started, stopped or changed for it.
 *
 * <p>Immutable.
 *
 * @param jobName the job that is to start
 * @param path of the snapshot that it would begin with; null if it would begin with nothing, or
 *     there is no snapshot that can be used
 * @param verdict the answer
 * @param reason the answer in words: from what the job would be restored and why, and every reason
 *     against it
 * @param operators those of the snapshot and those of the job, each once; none without snapshot
 */
public record RestoreReport(
    String jobName, String path, Verdict verdict, String reason, List<OperatorReport> operators) {

  /** Whether the job would start. */
  public enum Verdict {
    STARTS,
    /** It would be refused, or fail as soon as its tasks restore their state. */
    REFUSED,
    /** Nothing speaks against it, but not every state is known before the job runs. */
    UNDECIDED
  }

  /** How an operator or a state of the snapshot and of the job belong together. */
  public enum Match {
    /** It is restored as it is. */
    MATCHED,
    /** It is restored, and its values take their present form. */
    MIGRATED,
    /** The snapshot does not have it: it begins empty. */
    NEW,
    /** The job does not have it. */
    MISSING,
    /** It cannot be restored. */
    INCOMPATIBLE,
    /** It had come to its end before the snapshot and does not run again. */
    FINISHED,
    /** Known only when the operator opens. */
    UNKNOWN
  }

  /**
   * One operator.
   *
   * @param id 32 hexadecimal digits
   * @param uid as the job's author gave it, or null
   * @param match what becomes of its state as a whole: the worst of its states counts
   * @param storedParallelism in the snapshot; 0 if it is new
   * @param parallelism in the job; 0 if it is missing there
   * @param notes what stands against it, or should be known; often none
   */
  public record OperatorReport(
      String id,
      String uid,
      String name,
      Match match,
      int storedParallelism,
      int parallelism,
      List<String> notes,
      List<StateReport> states) {
    public OperatorReport {
      Objects.requireNonNull(match, "match");
      notes = List.copyOf(notes);
      states = List.copyOf(states);
    }
  }

  /**
   * One state of an operator.
   *
   * @param kind for example {@code VALUE}, {@code MAP}, {@code TIMERS}, {@code OPERATOR_LIST}
   * @param changes how its types differ, one difference each
   * @param note why it cannot be restored, or what becomes of it; null if there is nothing to say
   */
  public record StateReport(
      String name, String kind, Match match, List<String> changes, String note) {
    public StateReport {
      Objects.requireNonNull(match, "match");
      changes = List.copyOf(changes);
    }
  }

  public RestoreReport {
    Objects.requireNonNull(verdict, "verdict");
    operators = List.copyOf(operators);
  }
}
