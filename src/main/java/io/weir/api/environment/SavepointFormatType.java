package io.weir.api.environment;

/** How a savepoint is written. */
public enum SavepointFormatType {
  /** One format for all state backends, which another backend can read. */
  CANONICAL,
  /** The format of the state backend, which is faster to write and to read. */
  NATIVE
}
