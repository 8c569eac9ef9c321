package manyjobs;

import io.weir.api.StreamJob;
import io.weir.api.connector.Sink;
import io.weir.api.connector.SinkWriter;
import io.weir.api.connector.WriterInitContext;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.types.Types;
import io.weir.connector.generator.DataGeneratorSource;
import io.weir.connector.ratelimit.RateLimiterStrategy;

/** Sums ten numbers a second by key, and has no end: two tasks with a little state. */
public abstract class SmallJob implements StreamJob {
  private static final int RECORDS_PER_SECOND = 10;
  private static final long KEYS = 100;

  private final String name;

  /** The job of this number. */
  protected SmallJob(int number) {
    name = "small-" + number;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void define(StreamExecutionEnvironment env) {
    env.setParallelism(1);
    env.enableCheckpointing(1_000);
    env.fromSource(
            new DataGeneratorSource<>(
                number -> number,
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(RECORDS_PER_SECOND),
                Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .keyBy(number -> number % KEYS, Types.LONG)
        .reduce(Long::sum)
        .uid("sums")
        .sinkTo(new Nowhere())
        .uid("nowhere");
  }

  private static final class Nowhere implements Sink<Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<Long> createWriter(WriterInitContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(Long element, Context of) {}

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
