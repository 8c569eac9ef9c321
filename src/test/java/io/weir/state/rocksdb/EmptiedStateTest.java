package io.weir.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.DatabaseKeyedState;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateHandle;
import io.weir.state.BackendFixture;
import io.weir.state.KeyedStateBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state that has become empty between two incremental checkpoints, and then fills again. */
class EmptiedStateTest {
  @TempDir(factory = MemoryDirectory.class)
  private Path directory;

  private static KeyedStateHandle checkpoint(
      long id, KeyedStateBackend<Long> backend, BackendFixture fixture) throws Exception {
    KeyedStateHandle handle =
        backend.snapshot(id, CheckpointType.CHECKPOINT).write(fixture.storage());
    backend.checkpointCompleted(id);
    return handle;
  }

  private static List<StateHandle> tables(KeyedStateHandle handle) {
    List<StateHandle> tables = new ArrayList<>();
    for (Map.Entry<String, StateHandle> each : ((DatabaseKeyedState) handle).files().entrySet()) {
      if (DatabaseFiles.isTable(each.getKey())) {
        tables.add(each.getValue());
      }
    }
    return tables;
  }

  /** What only a subsumed checkpoint refers to has been removed. */
  @Test
  void aCheckpointRefersToNoFileThatTheOneBeforeItDoesNotHave() throws Exception {
    try (RocksDBStateBackendFactory backends =
            RocksBackends.factory(directory, RocksBackends.INCREMENTAL);
        BackendFixture fixture = new BackendFixture(backends)) {
      KeyedStateBackend<Long> backend = fixture.create(Types.LONG);
      ValueState<String> state = backend.state(new ValueStateDescriptor<>("value", Types.STRING));
      backend.setCurrentKey(1L);
      state.update("first");
      List<StateHandle> subsumed = tables(checkpoint(1, backend, fixture));
      state.clear();
      assertThat(checkpoint(2, backend, fixture)).isNull();
      state.update("second");
      KeyedStateHandle newest = checkpoint(3, backend, fixture);

      assertThat(subsumed).isNotEmpty();
      assertThat(tables(newest)).isNotEmpty().doesNotContainAnyElementsOf(subsumed);
      KeyedStateBackend<Long> restored = fixture.create(Types.LONG, newest);
      restored.setCurrentKey(1L);
      assertThat(restored.state(new ValueStateDescriptor<>("value", Types.STRING)).value())
          .isEqualTo("second");
    }
  }
}
