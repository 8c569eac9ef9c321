package io.weir.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.DatabaseKeyedState;
import io.weir.snapshot.StateHandle;
import io.weir.state.BackendFixture;
import io.weir.state.KeyedStateBackend;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many bytes an incremental checkpoint writes. */
class IncrementalSizeTest {
  private static final int KEYS = 100_000;
  private static final int VALUE_BYTES = 100;
  private static final int CHECKPOINTS = 32;

  @TempDir(factory = MemoryDirectory.class)
  private Path directory;

  private final Random random = new Random(1);

  private void update(ValueState<byte[]> state, KeyedStateBackend<Long> backend, long key)
      throws Exception {
    byte[] value = new byte[VALUE_BYTES];
    random.nextBytes(value);
    backend.setCurrentKey(key);
    state.update(value);
  }

  private static Map<String, StateHandle> checkpoint(
      long id, KeyedStateBackend<Long> backend, BackendFixture fixture) throws Exception {
    DatabaseKeyedState state =
        (DatabaseKeyedState)
            backend.snapshot(id, CheckpointType.CHECKPOINT).write(fixture.storage());
    backend.checkpointCompleted(id);
    return state.files();
  }

  private static long sizeOf(Map<String, StateHandle> files) {
    return files.values().stream().mapToLong(StateHandle::sizeBytes).sum();
  }

  @Test
  void whenOneInAHundredKeysHasChanged_thenAFractionOfTheStateIsWritten() throws Exception {
    try (RocksDBStateBackendFactory backends =
            RocksBackends.factory(
                directory,
                RocksBackends.INCREMENTAL,
                Map.of("state.backend.rocksdb.use-bloom-filter", "true"));
        BackendFixture fixture = new BackendFixture(backends)) {
      KeyedStateBackend<Long> backend = fixture.create(Types.LONG);
      ValueState<byte[]> state =
          backend.state(new ValueStateDescriptor<>("value", Types.PRIMITIVE_ARRAY(Types.BYTE)));
      for (long key = 0; key < KEYS; key++) {
        update(state, backend, key);
      }
      Map<String, StateHandle> last = checkpoint(1, backend, fixture);
      long full = sizeOf(last);
      assertThat(full).isGreaterThan((long) KEYS * VALUE_BYTES);
      long all = 0;
      long least = Long.MAX_VALUE;
      for (int id = 2; id <= 1 + CHECKPOINTS; id++) {
        for (int change = 0; change < KEYS / 100; change++) {
          update(state, backend, random.nextInt(KEYS));
        }
        Map<String, StateHandle> files = new HashMap<>(checkpoint(id, backend, fixture));
        Map<String, StateHandle> present = Map.copyOf(files);
        files.values().removeAll(last.values());
        long written = sizeOf(files);
        least = Math.min(least, written);
        all += written;
        last = present;
      }
      assertThat(least).as("without compaction").isLessThan(full * 2 / 100);
      assertThat(all / CHECKPOINTS)
          .as("on average, with what compaction writes anew, of %d", full)
          .isLessThan(full * 10 / 100);
    }
  }
}
