package io.weir.checkpoint.explain;

import io.weir.checkpoint.explain.CheckpointTrace.Outcome;
import java.util.Optional;

/** Finds what one checkpoint waited for. */
public final class CriticalPath {
  private CriticalPath() {}

  /** What the checkpoint's duration, or its failure, comes down to. */
  public static Explanation of(CheckpointTrace trace) {
    if (trace.outcome() == Outcome.FAILED) {
      return ofFailure(trace);
    }
    if (trace.toldMillis() < 0) {
      return trace.explained(
          Optional.empty(),
          Phase.COORDINATION,
          "no task had been told of it, because the catalog had not noted its start.");
    }
    if (trace.subtasks().isEmpty()) {
      return trace.explained(
          Optional.empty(), Phase.COORDINATION, "no task took part, all had finished.");
    }
    return trace.isAcknowledgedByAll()
        ? new TimeLost(trace).explain()
        : new WhatIsMissing(trace).explain();
  }

  private static Explanation ofFailure(CheckpointTrace trace) {
    Optional<Decline> decline = trace.decline();
    Optional<SubtaskTrace> by = decline.flatMap(each -> trace.find(each.task()));
    return by.isPresent()
        ? trace.explained(by, by.get().phase(), by.get().name() + " " + decline.get().why())
        : trace.explained(Optional.empty(), Phase.COORDINATION, trace.reason());
  }
}
