package io.weir.serial;

/**
 * Reads values from bytes. Stateless and thread-safe.
 *
 * @param <T> the type of the values, never null
 */
public interface ValueReader<T> {

  /**
   * Reads the value at the input's position.
   *
   * @throws SerializationException if the bytes are damaged or end too early
   */
  T read(BinaryInput in);
}
