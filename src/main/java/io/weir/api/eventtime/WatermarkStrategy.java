package io.weir.api.eventtime;

import java.time.Duration;
import java.util.Objects;

/**
 * How a stream gets its timestamps and watermarks.
 *
 * <p>The {@code with...} methods leave a strategy as it is and return a new one.
 *
 * @param <T> type of the records
 */
public interface WatermarkStrategy<T>
    extends TimestampAssignerSupplier<T>, WatermarkGeneratorSupplier<T> {

  /** Keeps the timestamps that the source gave, unless the strategy was given an assigner. */
  @Override
  default TimestampAssigner<T> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
    return new RecordTimestampAssigner<>();
  }

  /** How far a source may run ahead; null if it is not limited. */
  default WatermarkAlignmentParams getAlignmentParameters() {
    return null;
  }

  /**
   * This strategy with an assigner.
   *
   * @param timestampAssigner creates the assigner, not null
   */
  default WatermarkStrategy<T> withTimestampAssigner(
      TimestampAssignerSupplier<T> timestampAssigner) {
    return ComposedStrategy.of(this).withAssigner(timestampAssigner);
  }

  /**
   * This strategy with an assigner.
   *
   * @param timestampAssigner reads the timestamps, not null; shared by the subtasks of one process
   *     unless it is serialized in between, so it must not keep anything
   */
  default WatermarkStrategy<T> withTimestampAssigner(
      SerializableTimestampAssigner<T> timestampAssigner) {
    Objects.requireNonNull(timestampAssigner, "timestampAssigner");
    return ComposedStrategy.of(this).withAssigner(context -> timestampAssigner);
  }

  /**
   * This strategy, marking the stream idle when no record comes for a while.
   *
   * @param idleTimeout how long, greater than 0
   * @throws IllegalArgumentException if the time is not greater than 0
   */
  default WatermarkStrategy<T> withIdleness(Duration idleTimeout) {
    return ComposedStrategy.of(this).withIdleTimeout(idleTimeout);
  }

  /**
   * This strategy with {@link #withWatermarkAlignment(String, Duration, Duration)}, compared every
   * second.
   */
  default WatermarkStrategy<T> withWatermarkAlignment(
      String watermarkGroup, Duration maxAllowedWatermarkDrift) {
    return withWatermarkAlignment(watermarkGroup, maxAllowedWatermarkDrift, Duration.ofSeconds(1));
  }

  /**
   * This strategy with a limit on how far a source runs ahead of its group; see {@link
   * WatermarkAlignmentParams}.
   */
  default WatermarkStrategy<T> withWatermarkAlignment(
      String watermarkGroup, Duration maxAllowedWatermarkDrift, Duration updateInterval) {
    return ComposedStrategy.of(this)
        .withAlignment(
            new WatermarkAlignmentParams(watermarkGroup, maxAllowedWatermarkDrift, updateInterval));
  }

  /** For records whose timestamps never decrease within a split. */
  static <T> WatermarkStrategy<T> forMonotonousTimestamps() {
    return context -> new AscendingTimestampsWatermarks<>();
  }

  /**
   * For records that come at most a while after a later one.
   *
   * @param maxOutOfOrderness how long, not negative
   * @throws IllegalArgumentException if the time is negative
   */
  static <T> WatermarkStrategy<T> forBoundedOutOfOrderness(Duration maxOutOfOrderness) {
    BoundedOutOfOrdernessWatermarks.requireNotNegative(maxOutOfOrderness);
    return context -> new BoundedOutOfOrdernessWatermarks<>(maxOutOfOrderness);
  }

  /**
   * With a generator of one's own.
   *
   * @param generatorSupplier creates it, not null
   */
  static <T> WatermarkStrategy<T> forGenerator(WatermarkGeneratorSupplier<T> generatorSupplier) {
    Objects.requireNonNull(generatorSupplier, "generatorSupplier");
    return generatorSupplier::createWatermarkGenerator;
  }

  /** Without watermarks, for jobs in processing time. */
  static <T> WatermarkStrategy<T> noWatermarks() {
    return context -> new NoWatermarksGenerator<>();
  }
}
