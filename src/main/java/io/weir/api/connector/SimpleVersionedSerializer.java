package io.weir.api.connector;

import java.io.IOException;

/**
 * Turns values into bytes and back, also bytes that an older version wrote.
 *
 * <p>Use one instance on one thread at a time.
 *
 * @param <E> type of the values
 */
public interface SimpleVersionedSerializer<E> {
  /** The version of what {@link #serialize} writes; it is stored beside the bytes. */
  int getVersion();

  /**
   * Writes a value.
   *
   * @param value the value, not null
   * @return its bytes, not null
   * @throws IOException if the value cannot be written
   */
  byte[] serialize(E value) throws IOException;

  /**
   * Reads a value.
   *
   * @param version the version that wrote the bytes
   * @param serialized the bytes, not null
   * @return the value, not null
   * @throws IOException if the bytes are damaged or their version is not known
   */
  E deserialize(int version, byte[] serialized) throws IOException;
}
