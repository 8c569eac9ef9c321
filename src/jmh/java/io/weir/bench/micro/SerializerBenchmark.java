package io.weir.bench.micro;

import io.weir.serial.BinaryInput;
import io.weir.serial.BinaryOutput;
import io.weir.serial.Serializer;
import io.weir.serial.Serializers;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Values to bytes and back, one behind the other, as in a snapshot. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SerializerBenchmark {
  private static final int VALUES = 1_024;

  @Param({"LONG", "STRING", "TUPLE", "RECORD", "POJO"})
  public StoredType type;

  private final Object[] values = new Object[VALUES];
  private final BinaryOutput out = new BinaryOutput();
  private final BinaryInput in = new BinaryInput();
  private Serializer<Object> serializer;
  private byte[] encoded;
  private int written;
  private int read;

  /** Makes the values, and their bytes. */
  @Setup
  public void fill() {
    serializer = Serializers.of(type.information());
    for (int number = 0; number < VALUES; number++) {
      values[number] = type.value(number);
      serializer.write(values[number], out);
    }
    encoded = out.toByteArray();
    out.reset();
    in.reset(encoded, 0, encoded.length);
  }

  @Benchmark
  public int encode() {
    if (written == VALUES) {
      out.reset();
      written = 0;
    }
    serializer.write(values[written++], out);
    return out.position();
  }

  @Benchmark
  public Object decode() {
    if (read == VALUES) {
      in.reset(encoded, 0, encoded.length);
      read = 0;
    }
    read++;
    return serializer.read(in);
  }

  /** What keeps a mutable value apart from a snapshot; the value itself if it cannot change. */
  @Benchmark
  public Object copy() {
    written = written == VALUES - 1 ? 0 : written + 1;
    return serializer.copy(values[written]);
  }
}
