package io.weir.checkpoint.explain;

import io.weir.checkpoint.explain.Activity.Doing;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what one checkpoint waited for. */
public final class CriticalPath {
  private final CheckpointTrace trace;

  private CriticalPath(CheckpointTrace trace) {
    this.trace = trace;
  }

  /**
   * What the checkpoint's duration comes down to.
   *
   * @return empty if no subtask takes part
   */
  public static Optional<Explanation> of(CheckpointTrace trace) {
    return trace.subtasks().isEmpty()
        ? Optional.empty()
        : Optional.of(new CriticalPath(trace).explain());
  }

  private Explanation explain() {
    return trace.subtasks().stream().allMatch(SubtaskTrace::isAcknowledged)
        ? explainDuration()
        : explainAbsence(firstThatIsMissing());
  }

  // ---- all have acknowledged: where did the time go?

  private Explanation explainDuration() {
    SubtaskTrace last =
        trace.subtasks().stream()
            .max(Comparator.comparingLong(SubtaskTrace::acknowledgedMillis))
            .orElseThrow();
    long completionMillis = trace.endedMillis() - last.acknowledgedMillis();
    if (2 * completionMillis > trace.durationMillis()) {
      return new Explanation(
          Optional.empty(),
          Phase.COMPLETION,
          trace.subject()
              + Seconds.of(completionMillis)
              + " of it after the last acknowledgement, for its metadata on the checkpoint storage"
              + " and its row in the catalog.");
    }
    SubtaskTrace at = last;
    Set<SubtaskTrace> seen = new HashSet<>();
    while (seen.add(at)) {
      Optional<SubtaskTrace> producer = lateProducer(at);
      if (producer.isEmpty()) {
        break;
      }
      if (producer.get().spent().isMostlyBackPressured()) {
        return heldUp(producer.get(), at);
      }
      at = producer.get();
    }
    Phase longest = longestPhase(at);
    return new Explanation(
        Optional.of(at.task()),
        longest,
        trace.subject()
            + Seconds.of(millis(longest, at))
            + " of it "
            + spentOn(longest, at)
            + timers(longest, at)
            + ".");
  }

  /** The producer whose barrier was sent late, if waiting for that took most of the time. */
  private Optional<SubtaskTrace> lateProducer(SubtaskTrace at) {
    return longestPhase(at) == waitingPhase(at)
        ? at.late()
            .flatMap(late -> trace.find(late.producer()))
            .filter(producer -> wasLate(producer, at))
        : Optional.empty();
  }

  private Explanation heldUp(SubtaskTrace producer, SubtaskTrace consumer) {
    Phase phase = waitingPhase(producer);
    return new Explanation(
        Optional.of(consumer.task()),
        phase,
        trace.subject()
            + Seconds.of(millis(phase, producer))
            + " of it "
            + spentOn(phase, producer)
            + ", which was back-pressured by "
            + consumer.name()
            + ".");
  }

  private static String timers(Phase phase, SubtaskTrace at) {
    return phase.compareTo(Phase.SYNC) < 0 && at.spent().isMostlyFiringTimers()
        ? "; it was firing timers for " + at.spent().percentFiringTimers() + " % of that time"
        : "";
  }

  private Phase longestPhase(SubtaskTrace at) {
    return Stream.of(waitingPhase(at), Phase.SYNC, Phase.ASYNC, Phase.ACKNOWLEDGEMENT)
        .max(Comparator.comparingLong(phase -> millis(phase, at)))
        .orElseThrow();
  }

  private long millis(Phase phase, SubtaskTrace at) {
    return switch (phase) {
      case TRIGGER, START_DELAY, ALIGNMENT -> at.alignedMillis() - trace.triggeredMillis();
      case SYNC -> at.snapshottedMillis() - at.alignedMillis();
      case ASYNC -> at.writtenMillis() - at.snapshottedMillis();
      case ACKNOWLEDGEMENT -> at.acknowledgedMillis() - at.writtenMillis();
      case COMPLETION -> throw new IllegalArgumentException("not a phase of a subtask");
    };
  }

  /** Whether most of the time until the barrier came was over when the producer sent it. */
  private boolean wasLate(SubtaskTrace producer, SubtaskTrace consumer) {
    long sent = producer.alignedMillis() - trace.triggeredMillis();
    long arrived = consumer.alignedMillis() - trace.triggeredMillis();
    return 2 * sent > arrived;
  }

  /** What a subtask was waiting for most of the time until its last barrier was in. */
  private Phase waitingPhase(SubtaskTrace at) {
    if (at.late().isEmpty()) {
      return Phase.TRIGGER;
    }
    return at.alignedMillis() - at.startedMillis() > at.startedMillis() - trace.triggeredMillis()
        ? Phase.ALIGNMENT
        : Phase.START_DELAY;
  }

  private String spentOn(Phase phase, SubtaskTrace at) {
    return switch (phase) {
      case TRIGGER -> "until " + at.name() + " took the trigger up";
      case START_DELAY -> "until the barrier reached " + at.name() + queued(at);
      case ALIGNMENT ->
          "while "
              + at.name()
              + " waited for its last barrier, the one from "
              + producerOf(at)
              + queued(at);
      case SYNC -> "in the synchronous part of " + at.name() + "'s snapshot";
      case ASYNC -> "for writing " + at.stateBytes() + " bytes of state of " + at.name();
      case ACKNOWLEDGEMENT -> "until the coordinator heard that " + at.name() + " was done";
      case COMPLETION -> throw new IllegalArgumentException("not a phase of a subtask");
    };
  }

  private static String queued(SubtaskTrace at) {
    long inFront = at.late().map(LateChannel::batchesInFront).orElse(0L);
    return inFront == 0 ? "" : ", behind " + inFront + (inFront == 1 ? " batch of records" : " batches of records");
  }

  private String producerOf(SubtaskTrace at) {
    return at.late()
        .map(late -> trace.find(late.producer()).map(SubtaskTrace::name))
        .map(name -> name.orElse("a finished task"))
        .orElse("nobody");
  }

  // ---- some have not acknowledged: what are they waiting for?

  /** One that has taken its snapshot is nearer to the cause than one that waits for a barrier. */
  private SubtaskTrace firstThatIsMissing() {
    return trace.subtasks().stream()
        .filter(each -> !each.isAcknowledged())
        .max(Comparator.comparing(SubtaskTrace::isAligned))
        .orElseThrow();
  }

  private Explanation explainAbsence(SubtaskTrace missing) {
    SubtaskTrace at = missing;
    Set<SubtaskTrace> seen = new HashSet<>();
    while (!at.isAligned() && seen.add(at)) {
      Optional<SubtaskTrace> producer = at.late().flatMap(late -> trace.find(late.producer()));
      if (producer.isEmpty() || producer.get().isAligned()) {
        break;
      }
      at = producer.get();
    }
    if (at.isAligned()) {
      return absent(at, at, afterAlignment(at));
    }
    Phase phase =
        at.late().isEmpty()
            ? Phase.TRIGGER
            : at.startedMillis() < 0 ? Phase.START_DELAY : Phase.ALIGNMENT;
    return absent(at, behindBackPressure(at), phase);
  }

  private static Phase afterAlignment(SubtaskTrace at) {
    if (at.snapshottedMillis() < 0) {
      return Phase.SYNC;
    }
    return at.writtenMillis() < 0 ? Phase.ASYNC : Phase.ACKNOWLEDGEMENT;
  }

  /** The task at the end of a row of back-pressured ones. */
  private SubtaskTrace behindBackPressure(SubtaskTrace first) {
    SubtaskTrace at = first;
    Set<SubtaskTrace> seen = new HashSet<>();
    while (at.activity().doing() == Doing.BACK_PRESSURED && seen.add(at)) {
      Optional<SubtaskTrace> next = at.activity().waitsFor().flatMap(trace::find);
      if (next.isEmpty()) {
        break;
      }
      at = next.get();
    }
    return at;
  }

  private Explanation absent(SubtaskTrace at, SubtaskTrace culprit, Phase phase) {
    String what =
        switch (phase) {
          case TRIGGER -> at.name() + " did not take the trigger up";
          case START_DELAY ->
              "the barrier from " + producerOf(at) + " did not reach " + at.name() + queued(at);
          case ALIGNMENT ->
              at.name() + " still waited for the barrier from " + producerOf(at) + queued(at);
          case SYNC -> at.name() + " did not end the synchronous part of its snapshot";
          case ASYNC -> at.name() + " did not end the writing of its state";
          case ACKNOWLEDGEMENT ->
              at.name() + " had written its state, but its acknowledgement never came";
          case COMPLETION -> throw new IllegalArgumentException("not a phase of a subtask");
        };
    String why;
    if (!culprit.equals(at)) {
      why =
          "; it was back-pressured by "
              + culprit.name()
              + ", of which is known: "
              + culprit.activity().clause();
    } else if (phase.compareTo(Phase.SYNC) < 0) {
      why = "; " + at.activity().clause();
    } else {
      why = "";
    }
    return new Explanation(Optional.of(culprit.task()), phase, trace.subject() + what + why + ".");
  }
}
