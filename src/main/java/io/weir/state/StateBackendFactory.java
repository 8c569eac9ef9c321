package io.weir.state;

import io.weir.config.Configuration;
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
}
