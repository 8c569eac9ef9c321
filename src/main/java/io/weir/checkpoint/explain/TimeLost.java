package io.weir.checkpoint.explain;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the time of a checkpoint went that all have acknowledged: begins with the subtask that was
 * last, and goes upstream as long as most of the time was over when the barrier was sent there, or
 * until it comes to one that was back-pressured.
 */
final class TimeLost {
  private final CheckpointTrace trace;

  TimeLost(CheckpointTrace trace) {
    this.trace = trace;
  }

  Explanation explain() {
    SubtaskTrace last =
        trace.subtasks().stream()
            .max(Comparator.comparingLong(SubtaskTrace::acknowledgedMillis))
            .orElseThrow();
    long beforeMillis = trace.toldMillis() - trace.triggeredMillis();
    long behindMillis = trace.endedMillis() - last.acknowledgedMillis();
    if (isMost(beforeMillis)) {
      return ofCoordinator(
          beforeMillis, "until the catalog had noted its start and the tasks could be told of it");
    }
    if (isMost(behindMillis)) {
      return ofCoordinator(
          behindMillis, "after the last acknowledgement, for its metadata and for the catalog");
    }
    return ofSubtask(last);
  }

  private boolean isMost(long millis) {
    return 2 * millis > trace.durationMillis();
  }

  private Explanation ofCoordinator(long millis, String what) {
    return trace.explained(
        Optional.empty(), Phase.COORDINATION, Seconds.of(millis) + " of it " + what + ".");
  }

  private Explanation ofSubtask(SubtaskTrace last) {
    SubtaskTrace at = last;
    Optional<SubtaskTrace> behind = last.activity().fullestConsumer().flatMap(trace::find);
    Set<SubtaskTrace> seen = new HashSet<>();
    while (!isHeldUp(at) && seen.add(at)) {
      Optional<SubtaskTrace> sentLate = lateProducer(at);
      if (sentLate.isEmpty()) {
        break;
      }
      behind = Optional.of(at);
      at = sentLate.get();
    }
    if (isHeldUp(at) && behind.isPresent()) {
      return heldUp(at, behind.get());
    }
    Phase longest = longestPhase(at);
    return trace.explained(
        Optional.of(at), longest, spentOn(longest, at) + timers(longest, at) + ".");
  }

  /** Whether those behind it kept it from taking its snapshot. */
  private boolean isHeldUp(SubtaskTrace at) {
    return longestPhase(at).isBeforeSnapshot() && at.spent().isMostlyBackPressured();
  }

  /** The producer whose barrier was sent late, if waiting for that took most of the time. */
  private Optional<SubtaskTrace> lateProducer(SubtaskTrace at) {
    return longestPhase(at) == waitingPhase(at)
        ? trace.lateProducerOf(at).filter(producer -> wasLate(producer, at))
        : Optional.empty();
  }

  /** Whether most of the time until the barrier came was over when the producer sent it. */
  private boolean wasLate(SubtaskTrace producer, SubtaskTrace consumer) {
    long sent = producer.alignedMillis() - trace.triggeredMillis();
    long arrived = consumer.alignedMillis() - trace.triggeredMillis();
    return 2 * sent > arrived;
  }

  private Explanation heldUp(SubtaskTrace producer, SubtaskTrace consumer) {
    Phase phase = waitingPhase(producer);
    return trace.explained(
        Optional.of(consumer),
        phase,
        spentOn(phase, producer) + ", which was back-pressured by " + consumer.name() + ".");
  }

  private static String timers(Phase phase, SubtaskTrace at) {
    return phase.isBeforeSnapshot() && at.spent().isMostlyFiringTimers()
        ? "; it was firing timers for " + at.spent().percentFiringTimers() + " % of that time"
        : "";
  }

  private Phase longestPhase(SubtaskTrace at) {
    return Stream.of(
            waitingPhase(at), Phase.SYNC, Phase.CAPTURE, Phase.ASYNC, Phase.ACKNOWLEDGEMENT)
        .max(Comparator.comparingLong(phase -> millis(phase, at)))
        .orElseThrow();
  }

  /** What a subtask was waiting for most of the time until its snapshot began. */
  private Phase waitingPhase(SubtaskTrace at) {
    if (at.late().isEmpty()) {
      return Phase.TRIGGER;
    }
    return at.alignedMillis() - at.startedMillis() > at.startedMillis() - trace.triggeredMillis()
        ? Phase.ALIGNMENT
        : Phase.START_DELAY;
  }

  private long millis(Phase phase, SubtaskTrace at) {
    return switch (phase) {
      case TRIGGER, START_DELAY, ALIGNMENT -> at.alignedMillis() - trace.triggeredMillis();
      case SYNC -> at.snapshottedMillis() - at.alignedMillis();
      case CAPTURE -> at.capturedMillis() - at.snapshottedMillis();
      case ASYNC -> at.writtenMillis() - at.capturedMillis();
      case ACKNOWLEDGEMENT -> at.acknowledgedMillis() - at.writtenMillis();
      case COORDINATION -> throw new IllegalArgumentException("not a phase of a subtask");
    };
  }

  private String spentOn(Phase phase, SubtaskTrace at) {
    String queue = at.late().map(LateChannel::queue).orElse("");
    String what =
        switch (phase) {
          case TRIGGER -> "until " + at.name() + " took the trigger up";
          case START_DELAY -> "until the barrier reached " + at.name() + queue;
          case ALIGNMENT, CAPTURE ->
              "while "
                  + at.name()
                  + " waited for its last barrier, the one from "
                  + trace.lateProducerName(at)
                  + queue;
          case SYNC -> "in the synchronous part of the snapshot of " + at.name();
          case ASYNC -> "for writing " + at.stateBytes() + " bytes of state of " + at.name();
          case ACKNOWLEDGEMENT -> "until the coordinator heard that " + at.name() + " was done";
          case COORDINATION -> throw new IllegalArgumentException("not a phase of a subtask");
        };
    return Seconds.of(millis(phase, at)) + " of it " + what;
  }
}
