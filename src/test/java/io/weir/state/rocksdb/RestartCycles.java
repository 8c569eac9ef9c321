package io.weir.state.rocksdb;

import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.state.BackendFixture;
import io.weir.state.KeyedStateBackend;
import io.weir.state.TimerQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts and stops backends again and again, and says how much memory the process has. */
final class RestartCycles {
  private static final int KEYS = 1_000;
  private static final int PAGE_BYTES = 4_096;

  private RestartCycles() {}

  /**
   * Arguments: a directory, how many cycles to make before memory is looked at, and how many then.
   */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    int first = Integer.parseInt(arguments[1]);
    int further = Integer.parseInt(arguments[2]);
    long before = 0;
    for (int cycle = 1; cycle <= first + further; cycle++) {
      runOnce(directory);
      if (cycle == first) {
        before = residentBytes();
      }
    }
    System.out.println("RESIDENT " + before + " " + residentBytes());
  }

  private static void runOnce(Path directory) throws Exception {
    try (RocksDBStateBackendFactory backends =
            RocksBackends.factory(directory, RocksBackends.INCREMENTAL);
        BackendFixture fixture = new BackendFixture(backends)) {
      KeyedStateBackend<Long> backend = fixture.create(Types.LONG);
      fill(backend);
      KeyedStateHandle files =
          backend.snapshot(1, CheckpointType.CHECKPOINT).write(fixture.storage());
      KeyedStateHandle canonical =
          backend.snapshot(2, CheckpointType.SAVEPOINT).write(fixture.storage());
      backend.snapshot(3, CheckpointType.SAVEPOINT).discard();
      fill(fixture.create(Types.LONG, files));
      fill(fixture.create(Types.LONG, canonical));
    }
  }

  private static void fill(KeyedStateBackend<Long> backend) throws IOException {
    ValueState<String> state = backend.state(new ValueStateDescriptor<>("value", Types.STRING));
    TimerQueue<Long, String> timers = backend.timers("timers", Types.STRING);
    for (long key = 0; key < KEYS; key++) {
      backend.setCurrentKey(key);
      String before = state.value();
      state.update(before == null ? "a value that takes some bytes " + key : before + "!");
      timers.register("n", key);
    }
  }

  private static long residentBytes() throws IOException {
    System.gc();
    return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1])
        * PAGE_BYTES;
  }
}
