package io.weir.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * MurmurHash3 of 128 bits (the variant for 64-bit machines) with seed 0, which Flink uses for ids.
 */
final class Murmur3 {
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;
  private static final int BLOCK_BYTES = 16;

  private Murmur3() {}

  /** The 16 bytes of the hash. */
  static byte[] hash(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long h1 = 0;
    long h2 = 0;
    while (in.remaining() >= BLOCK_BYTES) {
      h1 = Long.rotateLeft(h1 ^ mixFirst(in.getLong()), 27) + h2;
      h1 = h1 * 5 + 0x52dce729;
      h2 = Long.rotateLeft(h2 ^ mixSecond(in.getLong()), 31) + h1;
      h2 = h2 * 5 + 0x38495ab5;
    }
    // the rest counts as a block that is filled up with zeros, to which mixing does nothing
    ByteBuffer rest = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN).put(in);
    h1 ^= mixFirst(rest.getLong(0)) ^ bytes.length;
    h2 ^= mixSecond(rest.getLong(Long.BYTES)) ^ bytes.length;
    h1 += h2;
    h2 += h1;
    h1 = avalanche(h1);
    h2 = avalanche(h2);
    h1 += h2;
    h2 += h1;
    return ByteBuffer.allocate(BLOCK_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(h1)
        .putLong(h2)
        .array();
  }

  private static long mixFirst(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long mixSecond(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }

  private static long avalanche(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
