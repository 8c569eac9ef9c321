package io.weir.soak;

import io.weir.api.connector.lib.NumberSequenceSource;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Types;
import io.weir.connector.file.FileSink;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Visits every key once, and then a fifth of them again, which must find what the first visit has
 * left. Numbers that were lost, or counted twice, are found by that.
 */
record TwoPasses(long keys, Path output) {
  /** Of each value, which cannot be compressed. */
  private static final int VALUE_BYTES = 1_000;

  private static final int SECOND_PART = 5;
  private static final long TOLD = 1_000_000;

  void define(StreamExecutionEnvironment env) {
    long all = keys;
    env.fromSource(
            new NumberSequenceSource(0, keys + keys / SECOND_PART - 1),
            WatermarkStrategy.noWatermarks(),
            "numbers",
            Types.LONG)
        .uid("numbers")
        .keyBy(number -> number % all, Types.LONG)
        .process(new Visit(keys))
        .returns(Types.STRING)
        .uid("visit")
        .sinkTo(FileSink.<String>forRowFormat(output, line -> line).build())
        .uid("progress");
  }

  private static final class Visit extends KeyedProcessFunction<Long, Long, String> {
    private static final long serialVersionUID = 1L;
    private final long keys;
    private transient ValueState<byte[]> content;

    Visit(long keys) {
      this.keys = keys;
    }

    @Override
    public void open(OpenContext context) {
      content =
          getRuntimeContext()
              .getState(new ValueStateDescriptor<>("content", Types.PRIMITIVE_ARRAY(Types.BYTE)));
    }

    @Override
    public void processElement(Long number, Context context, Collector<String> out)
        throws Exception {
      long pass = number / keys;
      long key = number % keys;
      byte[] expected = pass == 0 ? null : contentOf(key, pass - 1);
      byte[] found = content.value();
      if (!Arrays.equals(expected, found)) {
        throw new IllegalStateException(
            "key "
                + key
                + " in pass "
                + pass
                + " has "
                + (found == null ? "no value" : "a wrong value"));
      }
      content.update(contentOf(key, pass));
      if (number % TOLD == 0) {
        out.collect(Long.toString(number));
      }
    }

    private static byte[] contentOf(long key, long pass) {
      byte[] bytes = new byte[VALUE_BYTES];
      new SplittableRandom(key * 31 + pass).nextBytes(bytes);
      return bytes;
    }
  }
}
