package io.weir.bench.micro;

import io.weir.state.heap.HeapStateBackendFactory;
import java.io.IOException;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Value state on the heap while no snapshot is being written. Values of type LONG are in tables of
 * numbers, the others in tables of objects.
 */
public class HeapStateBenchmark extends ValueStateBenchmark {
  @Param({"1000000", "10000000"})
  public int keys;

  @Param({"LONG", "RECORD"})
  public StoredType type;

  @Setup
  public void fill() throws IOException {
    values = new KeyedValues(new HeapStateBackendFactory(), type, keys);
  }

  @TearDown
  public void close() {
    values.close();
  }
}
