package io.weir.engine.operator.time;

import io.weir.api.eventtime.RelativeClock;
import io.weir.api.eventtime.TimestampAssigner;
import io.weir.api.eventtime.TimestampAssignerSupplier;
import io.weir.api.eventtime.WatermarkGenerator;
import io.weir.api.eventtime.WatermarkGeneratorSupplier;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.metrics.MetricGroup;
import io.weir.engine.operator.OneInputOperator;
import io.weir.engine.operator.OperatorContext;
import io.weir.engine.operator.Output;
import io.weir.engine.operator.ProcessingTime;
import java.util.concurrent.TimeUnit;

/**
 * Gives each record a timestamp and makes watermarks from them. Watermarks from upstream are
 * dropped, except the last one, which tells that the input has ended.
 *
 * @param <T> the type of record
 */
public final class TimestampsAndWatermarksOperator<T> extends OneInputOperator<T> {
  private final WatermarkStrategy<T> strategy;
  private OperatorContext context;
  private Output<T> output;
  private WatermarkEmitter emitter;
  private TimestampAssigner<T> assigner;
  private WatermarkGenerator<T> generator;
  private long intervalMillis;

  /**
   * Takes the strategy to follow.
   *
   * @param strategy this operator's own copy
   */
  public TimestampsAndWatermarksOperator(WatermarkStrategy<T> strategy) {
    this.strategy = strategy;
  }

  @Override
  public void initialize(OperatorContext context) {
    this.context = context;
    output = context.output();
    emitter = new WatermarkEmitter(output);
    intervalMillis = context.autoWatermarkIntervalMillis();
  }

  @Override
  public void open() {
    StrategyContext strategyContext = new StrategyContext(context);
    assigner = strategy.createTimestampAssigner(strategyContext);
    generator = strategy.createWatermarkGenerator(strategyContext);
    if (intervalMillis > 0) {
      callAgain();
    }
  }

  @Override
  public void element(T value, long timestamp) {
    long assigned = assigner.extractTimestamp(value, timestamp);
    output.emit(value, assigned);
    generator.onEvent(value, assigned, emitter);
    if (intervalMillis == 0) {
      generator.onPeriodicEmit(emitter);
    }
  }

  @Override
  public void watermark(long timestamp) {
    if (timestamp == Long.MAX_VALUE) {
      emitter.emit(timestamp);
    }
  }

  @Override
  public void idleness(boolean idle) {
    // the strategy alone decides when this stream is idle
  }

  @Override
  public void finish() {
    generator.onPeriodicEmit(emitter);
  }

  private void callAgain() {
    ProcessingTime processingTime = context.processingTime();
    processingTime.callAt(processingTime.now() + intervalMillis, this::onInterval);
  }

  private void onInterval(long timestamp) {
    generator.onPeriodicEmit(emitter);
    callAgain();
  }

  /** The surroundings of assigner and generator. The clock of idleness is processing time. */
  private record StrategyContext(OperatorContext operator)
      implements TimestampAssignerSupplier.Context,
          WatermarkGeneratorSupplier.Context,
          RelativeClock {

    @Override
    public MetricGroup getMetricGroup() {
      return operator.metrics();
    }

    @Override
    public RelativeClock getInputActivityClock() {
      return this;
    }

    @Override
    public long relativeTimeMillis() {
      return operator.processingTime().now();
    }

    @Override
    public long relativeTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(operator.processingTime().now());
    }
  }
}
