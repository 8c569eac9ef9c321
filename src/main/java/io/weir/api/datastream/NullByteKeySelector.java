package io.weir.api.datastream;

import io.weir.api.functions.KeySelector;

/**
 * One key for all records.
 *
 * @param <T> type of the records
 */
final class NullByteKeySelector<T> implements KeySelector<T, Byte> {
  private static final long serialVersionUID = 1L;

  @Override
  public Byte getKey(T value) {
    return 0;
  }
}
