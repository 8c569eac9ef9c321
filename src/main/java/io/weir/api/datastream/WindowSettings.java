package io.weir.api.datastream;

import io.weir.api.functions.Function;
import io.weir.api.functions.RichFunction;
import io.weir.api.graph.Operator;
import io.weir.api.graph.WindowAggregation;
import io.weir.api.types.OutputTag;
import io.weir.api.windowing.assigners.MergingWindowAssigner;
import io.weir.api.windowing.assigners.WindowAssigner;
import io.weir.api.windowing.evictors.Evictor;
import io.weir.api.windowing.triggers.Trigger;
import io.weir.api.windowing.windows.Window;
import java.time.Duration;
import java.util.Objects;

/**
 * What an author has said about the windows of a stream.
 *
 * @param <T> type of the records
 * @param <W> type of the windows
 */
final class WindowSettings<T, W extends Window> {
  private final WindowAssigner<? super T, W> assigner;
  private Trigger<? super T, ? super W> trigger;
  private Evictor<? super T, ? super W> evictor;
  private long allowedLatenessMillis;
  private OutputTag<T> lateDataTag;

  WindowSettings(WindowAssigner<? super T, W> assigner) {
    this.assigner = Objects.requireNonNull(assigner, "assigner");
    this.trigger = assigner.getDefaultTrigger();
  }

  void trigger(Trigger<? super T, ? super W> newTrigger) {
    Objects.requireNonNull(newTrigger, "trigger");
    if (assigner instanceof MergingWindowAssigner && !newTrigger.canMerge()) {
      throw new UnsupportedOperationException(
          newTrigger
              + " cannot be used with "
              + assigner
              + ", whose windows merge. Choose a trigger whose canMerge() is true.");
    }
    this.trigger = newTrigger;
  }

  void evictor(Evictor<? super T, ? super W> newEvictor) {
    this.evictor = Objects.requireNonNull(newEvictor, "evictor");
  }

  void allowedLateness(Duration lateness) {
    if (lateness.isNegative()) {
      throw new IllegalArgumentException("The allowed lateness must not be negative: " + lateness);
    }
    this.allowedLatenessMillis = lateness.toMillis();
  }

  void sideOutputLateData(OutputTag<T> outputTag) {
    this.lateDataTag = Objects.requireNonNull(outputTag, "outputTag");
  }

  Operator.Window<T, W> with(WindowAggregation aggregation) {
    return new Operator.Window<>(
        assigner, trigger, evictor, allowedLatenessMillis, lateDataTag, aggregation);
  }

  /** A function that works within state is never opened. */
  static <F extends Function> F notRich(F function) {
    if (function instanceof RichFunction) {
      throw new UnsupportedOperationException(
          function.getClass().getName()
              + " is a rich function, but what reduces or aggregates a window works within state and"
              + " is never opened. Use a plain function, with a rich window function beside it.");
    }
    return function;
  }
}
