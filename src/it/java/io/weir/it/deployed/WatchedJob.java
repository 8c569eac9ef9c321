package io.weir.it.deployed;

import io.weir.api.StreamJob;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.OpenContext;
import io.weir.api.functions.RichMapFunction;
import io.weir.api.types.Types;
import io.weir.connector.file.FileSink;
import io.weir.connector.generator.DataGeneratorSource;
import io.weir.connector.ratelimit.RateLimiterStrategy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;

/** Numbers without end, each mapped by a function that a {@link Witness} watches. */
@ApplicationScoped
public class WatchedJob implements StreamJob {
  public static final String NAME = "watched";
  public static final int PARALLELISM = 2;

  @Inject private DataDirectory data;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void define(StreamExecutionEnvironment env) {
    Path output = data.resolve("watched");
    env.setParallelism(PARALLELISM);
    env.enableCheckpointing(60_000);
    env.fromSource(
            new DataGeneratorSource<>(
                number -> number, Long.MAX_VALUE, RateLimiterStrategy.perSecond(1_000), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .map(new Watched())
        .uid("watched")
        .sinkTo(FileSink.<Long>forRowFormat(output, String::valueOf).build())
        .uid("out");
  }

  private static final class Watched extends RichMapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;

    @Inject private transient Witness witness;

    @Override
    public void open(OpenContext openContext) {
      witness.opened(getRuntimeContext().getIndexOfThisSubtask());
    }

    @Override
    public Long map(Long value) {
      return value;
    }
  }
}
