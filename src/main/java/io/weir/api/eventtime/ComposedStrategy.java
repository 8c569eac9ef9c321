package io.weir.api.eventtime;

import java.time.Duration;
import java.util.Objects;

/** A strategy with what the {@code with...} methods added to it; null for what they did not. */
record ComposedStrategy<T>(
    WatermarkStrategy<T> base,
    TimestampAssignerSupplier<T> assigner,
    Duration idleTimeout,
    WatermarkAlignmentParams alignment)
    implements WatermarkStrategy<T> {
  private static final long serialVersionUID = 1L;

  static <T> ComposedStrategy<T> of(WatermarkStrategy<T> strategy) {
    return strategy instanceof ComposedStrategy<T> composed
        ? composed
        : new ComposedStrategy<>(strategy, null, null, null);
  }

  ComposedStrategy<T> withAssigner(TimestampAssignerSupplier<T> newAssigner) {
    Objects.requireNonNull(newAssigner, "timestampAssigner");
    return new ComposedStrategy<>(base, newAssigner, idleTimeout, alignment);
  }

  ComposedStrategy<T> withIdleTimeout(Duration newTimeout) {
    WatermarksWithIdleness.requirePositive(newTimeout);
    return new ComposedStrategy<>(base, assigner, newTimeout, alignment);
  }

  ComposedStrategy<T> withAlignment(WatermarkAlignmentParams newAlignment) {
    return new ComposedStrategy<>(base, assigner, idleTimeout, newAlignment);
  }

  @Override
  public TimestampAssigner<T> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
    return (assigner == null ? base : assigner).createTimestampAssigner(context);
  }

  @Override
  public WatermarkGenerator<T> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    WatermarkGenerator<T> generator = base.createWatermarkGenerator(context);
    return idleTimeout == null
        ? generator
        : new WatermarksWithIdleness<>(generator, idleTimeout, context.getInputActivityClock());
  }

  @Override
  public WatermarkAlignmentParams getAlignmentParameters() {
    return alignment == null ? base.getAlignmentParameters() : alignment;
  }
}
