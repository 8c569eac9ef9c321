package io.weir.it.deployed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.api.StreamJob;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.connector.file.FileSink;
import io.weir.connector.generator.DataGeneratorSource;
import io.weir.connector.generator.GeneratorFunction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Numbers up to a limit, counted by key and written to files exactly once. Beside that each number
 * is written down when it is processed: that happens twice if it is replayed.
 */
@ApplicationScoped
public class CountedJob implements StreamJob {
  public static final String NAME = "counted";

  /** Numbers that there are: enough for some minutes, until the job is told to hurry. */
  public static final long NUMBERS = 500_000;

  public static final int KEYS = 100;

  private static final int PARALLELISM = 2;

  @Inject private DataDirectory data;

  @Override
  public String name() {
    return NAME;
  }

  /** Lines {@code number;key,how many of that key before it}. */
  public static Path results(Path tests) {
    return tests.resolve("counted/results");
  }

  /** Lines {@code number}, in the order in which they were processed. */
  public static Path processed(Path tests) {
    return tests.resolve("counted/processed");
  }

  /** Lets the numbers that are left come at once. */
  public static void hurry(Path tests) throws IOException {
    Files.createFile(sign(tests));
  }

  private static Path sign(Path tests) {
    return tests.resolve("counted-hurries");
  }

  @Override
  public void define(StreamExecutionEnvironment env) {
    Path tests = data.resolve("");
    env.setParallelism(PARALLELISM);
    env.enableCheckpointing(300);
    env.fromSource(
            new DataGeneratorSource<>(new Paced(sign(tests).toString()), NUMBERS, Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .keyBy(number -> number % KEYS)
        .process(new Count(processed(tests).toString()))
        .uid("count")
        .sinkTo(FileSink.<String>forRowFormat(results(tests), line -> line).build())
        .uid("results");
  }

  /** Two thousand a second, until there is a file. */
  private static final class Paced implements GeneratorFunction<Long, Long> {
    private static final long serialVersionUID = 1L;
    private static final long PAUSE_NANOS = 1_000_000;

    private final String sign;
    private boolean hurries;

    private Paced(String sign) {
      this.sign = sign;
    }

    @Override
    public Long map(Long number) {
      hurries = hurries || Files.exists(Path.of(sign));
      if (!hurries) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      return number;
    }
  }

  private static final class Count extends KeyedProcessFunction<Long, Long, String> {
    private static final long serialVersionUID = 1L;

    private final String directory;
    private transient ValueState<Long> count;
    private transient Writer processed;

    private Count(String directory) {
      this.directory = directory;
    }

    @Override
    public void open(OpenContext openContext) throws IOException {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
      Path file = Files.createDirectories(Path.of(directory)).resolve(UUID.randomUUID().toString());
      processed = Files.newBufferedWriter(file, UTF_8);
    }

    @Override
    public void processElement(Long number, Context ctx, Collector<String> out) throws Exception {
      long before = count.value() == null ? 0 : count.value();
      count.update(before + 1);
      processed.write(number + "\n");
      out.collect("%d;%d,%d".formatted(number, ctx.getCurrentKey(), before));
    }

    @Override
    public void close() throws IOException {
      if (processed != null) {
        processed.close();
      }
    }
  }
}
