package io.weir.api.state;

import java.io.Serializable;

/** Where working state lives. Both backends write the same canonical savepoints. */
public sealed interface StateBackend extends Serializable
    permits HashMapStateBackend, EmbeddedRocksDBStateBackend {
  /** The name of the backend in configuration. */
  String getName();
}
