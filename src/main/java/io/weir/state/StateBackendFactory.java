package io.weir.state;

import io.weir.config.Configuration;
import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateReader;
import java.io.IOException;

/** Makes the keyed backends of a job's tasks: one implementation for each kind of state backend. */
public interface StateBackendFactory {

  /** As it is called in configuration: {@code hashmap} or {@code rocksdb}. */
  String name();

  /** The same, as a job's effective configuration wants it. */
  default StateBackendFactory configured(Configuration job) {
    return this;
  }

  /**
   * Creates a backend and restores its state.
   *
   * @throws io.weir.snapshot.CorruptStateException if the restored bytes are damaged
   * @throws StateException if the restored state cannot be used with the present types
   */
  <K> KeyedStateBackend<K> create(KeyedBackendParameters<K> parameters) throws IOException;

  /**
   * Opens a piece of keyed state in a snapshot, to look at it. Needs no type of the job and changes
   * nothing.
   *
   * @param wanted which key groups of it
   * @throws StateException if only another backend can read it
   */
  default KeyedBlocks open(KeyedStateHandle handle, KeyGroupRange wanted, StateReader reader)
      throws IOException {
    if (handle instanceof CanonicalKeyedState canonical) {
      return new KeyedSnapshotReader(canonical, wanted, reader);
    }
    throw new StateException("the files of a database can only be read by the RocksDB backend");
  }
}
