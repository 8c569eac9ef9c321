package io.weir.state.rocksdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A checksum of 64 bits that tells whether a value has changed. Two values of the same length that
 * differ in one aligned word of eight bytes only never share it.
 */
final class Checksum {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /** Differs from process to process, so that nobody can make up values that share a checksum. */
  private static final long START = ThreadLocalRandom.current().nextLong();

  private Checksum() {}

  static long of(byte[] bytes, int length) {
    long sum = START ^ length;
    int at = 0;
    for (; at <= length - Long.BYTES; at += Long.BYTES) {
      sum = mixed(sum ^ (long) LONG.get(bytes, at));
    }
    long rest = 0;
    for (; at < length; at++) {
      rest = rest << Byte.SIZE | (bytes[at] & 0xFF);
    }
    return mixed(sum ^ rest);
  }

  /** A bijection, so that a change of one word always shows. */
  private static long mixed(long word) {
    long product = word * MULTIPLIER;
    return product ^ (product >>> 32);
  }
}
