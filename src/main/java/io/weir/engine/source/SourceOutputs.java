package io.weir.engine.source;

import io.weir.api.connector.ReaderOutput;
import io.weir.api.connector.SourceOutput;
import io.weir.api.eventtime.RelativeClock;
import io.weir.api.eventtime.TimestampAssigner;
import io.weir.api.eventtime.TimestampAssignerSupplier;
import io.weir.api.eventtime.Watermark;
import io.weir.api.eventtime.WatermarkGenerator;
import io.weir.api.eventtime.WatermarkGeneratorSupplier;
import io.weir.api.eventtime.WatermarkOutput;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.metrics.MetricGroup;
import io.weir.engine.operator.Output;
import io.weir.engine.operator.ProcessingTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Gives a reader's records their timestamps and the stream its watermarks: each split has a
 * generator of its own, and the stream's watermark is the smallest of those splits that are not
 * idle. So a subtask that reads several splits, one far ahead of another, makes no record late.
 */
final class SourceOutputs<T> implements ReaderOutput<T> {
  private final Output<T> output;
  private final WatermarkStrategy<T> strategy;
  private final ProcessingTime time;
  private final Surroundings surroundings;
  private final Branch main;
  private final Map<String, Branch> splits = new LinkedHashMap<>();
  private long emitted = Long.MIN_VALUE;
  private boolean emittedIdle;

  /** Whether the reader has ever asked for the output of a split. */
  private boolean isReadBySplit;

  SourceOutputs(
      Output<T> output, WatermarkStrategy<T> strategy, ProcessingTime time, MetricGroup metrics) {
    this.output = output;
    this.strategy = strategy;
    this.time = time;
    this.surroundings = new Surroundings(time, metrics);
    this.main = new Branch();
  }

  /**
   * @param intervalMillis 0 for none
   */
  void startPeriodicWatermarks(long intervalMillis) {
    if (intervalMillis > 0) {
      time.callAt(time.now() + intervalMillis, due -> emitPeriodically(intervalMillis));
    }
  }

  private void emitPeriodically(long intervalMillis) {
    main.onPeriodicEmit();
    splits.values().forEach(Branch::onPeriodicEmit);
    startPeriodicWatermarks(intervalMillis);
  }

  @Override
  public void collect(T value) {
    main.collect(value);
  }

  @Override
  public void collect(T value, long timestamp) {
    main.collect(value, timestamp);
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    main.emitWatermark(watermark);
  }

  @Override
  public void markIdle() {
    main.markIdle();
  }

  @Override
  public void markActive() {
    main.markActive();
  }

  /**
   * The reader is given a split. From now on the stream's watermark waits for it: else the records
   * of a split that is read a little later than others, as after a restore, would be late.
   */
  void announce(String splitId) {
    splits.computeIfAbsent(splitId, id -> new Branch());
  }

  @Override
  public SourceOutput<T> createOutputForSplit(String splitId) {
    isReadBySplit = true;
    return splits.computeIfAbsent(splitId, id -> new Branch());
  }

  @Override
  public void releaseOutputForSplit(String splitId) {
    if (splits.remove(splitId) != null) {
      combine();
    }
  }

  /**
   * The main output counts only if the reader uses it, or uses nothing else; the splits do not if
   * the reader gives all records to the main output.
   */
  private void combine() {
    long least = Long.MAX_VALUE;
    boolean active = false;
    if (splits.isEmpty() || main.used) {
      active = !main.idle;
      least = active ? main.watermark : least;
    }
    if (isReadBySplit || !main.used) {
      for (Branch split : splits.values()) {
        if (!split.idle) {
          active = true;
          least = Math.min(least, split.watermark);
        }
      }
    }
    if (active && least > emitted && least != Long.MAX_VALUE) {
      emitted = least;
      output.emitWatermark(least);
    }
    if (active == emittedIdle) {
      emittedIdle = !active;
      output.emitIdleness(emittedIdle);
    }
  }

  /** The records of one split, or those that the reader ascribes to none. */
  private final class Branch implements SourceOutput<T>, WatermarkOutput {
    private final TimestampAssigner<T> assigner = strategy.createTimestampAssigner(surroundings);
    private final WatermarkGenerator<T> generator = strategy.createWatermarkGenerator(surroundings);
    private long watermark = Long.MIN_VALUE;
    private boolean idle;
    private boolean used;

    @Override
    public void collect(T value) {
      collect(value, Output.NO_TIMESTAMP);
    }

    @Override
    public void collect(T value, long timestamp) {
      used = true;
      long assigned = assigner.extractTimestamp(value, timestamp);
      output.emit(value, assigned);
      generator.onEvent(value, assigned, this);
    }

    void onPeriodicEmit() {
      generator.onPeriodicEmit(this);
    }

    @Override
    public void emitWatermark(Watermark mark) {
      if (mark.getTimestamp() > watermark) {
        watermark = mark.getTimestamp();
      }
      idle = false;
      combine();
    }

    @Override
    public void markIdle() {
      if (!idle) {
        idle = true;
        combine();
      }
    }

    @Override
    public void markActive() {
      if (idle) {
        idle = false;
        combine();
      }
    }
  }

  /** What generators and assigners are made with. */
  private record Surroundings(ProcessingTime time, MetricGroup metrics)
      implements TimestampAssignerSupplier.Context, WatermarkGeneratorSupplier.Context {
    @Override
    public MetricGroup getMetricGroup() {
      return metrics;
    }

    @Override
    public RelativeClock getInputActivityClock() {
      return new TaskClock(time);
    }
  }

  /** As coarse as processing time, which is enough to notice idleness. */
  private record TaskClock(ProcessingTime time) implements RelativeClock {
    @Override
    public long relativeTimeMillis() {
      return time.now();
    }

    @Override
    public long relativeTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(time.now());
    }
  }
}
