package io.weir.state.heap;

import io.weir.config.Configuration;
import io.weir.snapshot.Compression;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedSnapshotWriter;
import io.weir.state.KeyedStateBackend;
import io.weir.state.StateBackendFactory;
import java.io.IOException;

/** Makes backends that keep state as objects on the heap. */
public final class HeapStateBackendFactory implements StateBackendFactory {
  private final Compression compression;

  /** Of all backends that it makes: those of one job, which write to the same storage. */
  private final WritingTurns turns;

  /** Its backends do not compress their snapshots. */
  public HeapStateBackendFactory() {
    this(Compression.NONE, WritingTurns.ofThisMachine());
  }

  HeapStateBackendFactory(Compression compression, WritingTurns turns) {
    this.compression = compression;
    this.turns = turns;
  }

  @Override
  public String name() {
    return "hashmap";
  }

  @Override
  public StateBackendFactory configured(Configuration job) {
    return new HeapStateBackendFactory(
        KeyedSnapshotWriter.compressionOf(job), WritingTurns.ofThisMachine());
  }

  @Override
  public <K> KeyedStateBackend<K> create(KeyedBackendParameters<K> parameters) throws IOException {
    return new HeapKeyedStateBackend<>(parameters, compression, turns);
  }
}
