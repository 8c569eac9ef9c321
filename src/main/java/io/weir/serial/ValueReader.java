package io.weir.serial;

/** Reads values of one type. Stateless. */
interface ValueReader<T> {

  /** Reads at least one byte. */
  T read(BinaryInput in);
}
