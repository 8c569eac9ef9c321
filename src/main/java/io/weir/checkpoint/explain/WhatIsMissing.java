package io.weir.checkpoint.explain;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a checkpoint is waiting for that some have not acknowledged: goes upstream to the subtask
 * that has not sent its barriers although nothing upstream keeps it from that, and from there
 * downstream to the one that holds it up.
 */
final class WhatIsMissing {
  private final CheckpointTrace trace;

  WhatIsMissing(CheckpointTrace trace) {
    this.trace = trace;
  }

  Explanation explain() {
    SubtaskTrace at = upstream(nearest());
    SubtaskTrace culprit = at.isAligned() ? at : behindBackPressure(at);
    return trace.explained(
        Optional.of(culprit), at.phase(), what(at) + whatItDid(at, culprit) + ".");
  }

  /** One that has all its barriers is nearer to the cause than one that waits for some. */
  private SubtaskTrace nearest() {
    return trace.subtasks().stream()
        .filter(each -> !each.isAcknowledged())
        .min(Comparator.comparing(SubtaskTrace::isWaitingForBarrier))
        .orElseThrow();
  }

  private SubtaskTrace upstream(SubtaskTrace first) {
    SubtaskTrace at = first;
    Set<SubtaskTrace> seen = new HashSet<>();
    while (at.isWaitingForBarrier() && seen.add(at)) {
      Optional<SubtaskTrace> producer = trace.lateProducerOf(at);
      if (producer.isEmpty() || producer.get().isAligned()) {
        break;
      }
      at = producer.get();
    }
    return at;
  }

  /** The task at the end of a row of back-pressured ones. */
  private SubtaskTrace behindBackPressure(SubtaskTrace first) {
    SubtaskTrace at = first;
    Set<SubtaskTrace> seen = new HashSet<>();
    while (at.isHeldUp() && seen.add(at)) {
      Optional<SubtaskTrace> next = at.activity().fullestConsumer().flatMap(trace::find);
      if (next.isEmpty()) {
        break;
      }
      at = next.get();
    }
    return at;
  }

  private String what(SubtaskTrace at) {
    String queue = at.late().map(LateChannel::queue).orElse("");
    return switch (at.phase()) {
      case TRIGGER -> at.name() + " did not take the trigger up";
      case START_DELAY ->
          "the barrier from " + trace.lateProducerName(at) + " did not reach " + at.name() + queue;
      case ALIGNMENT, CAPTURE ->
          at.name() + " still waited for the barrier from " + trace.lateProducerName(at) + queue;
      case SYNC -> at.name() + " did not end the synchronous part of its snapshot";
      case ASYNC -> at.name() + " did not end the writing of its state";
      case ACKNOWLEDGEMENT ->
          at.name() + " had written its state, but its acknowledgement never came";
      case COORDINATION -> throw new IllegalArgumentException("not a phase of a subtask");
    };
  }

  private static String whatItDid(SubtaskTrace at, SubtaskTrace culprit) {
    if (!culprit.equals(at)) {
      return "; it was back-pressured by "
          + culprit.name()
          + ", which "
          + culprit.activity().words();
    }
    return at.isWaitingForBarrier() ? "; it " + at.activity().words() : "";
  }
}
