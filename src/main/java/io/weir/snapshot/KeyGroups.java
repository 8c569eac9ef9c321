package io.weir.snapshot;

/**
 * Flink's formulas that spread keys over key groups and key groups over subtasks. They are part of
 * the snapshot format: state is stored by key group, so a job can restore it with another
 * parallelism, here or on a Flink cluster.
 */
public final class KeyGroups {
  /** The largest maximum parallelism there is. */
  public static final int MAX_PARALLELISM_LIMIT = 1 << 15;

  private static final int LEAST_DEFAULT_MAX_PARALLELISM = 1 << 7;

  private KeyGroups() {}

  /**
   * The key group of a key, by the key's {@link Object#hashCode()}, which must be stable over JVM
   * runs.
   *
   * @param key not null
   */
  public static int keyGroupOf(Object key, int maxParallelism) {
    return keyGroupOfHash(key.hashCode(), maxParallelism);
  }

  /** The key group of a key with this hash code. */
  public static int keyGroupOfHash(int hashCode, int maxParallelism) {
    return murmur(hashCode) % maxParallelism;
  }

  /** The subtask that owns a key group. */
  public static int subtaskOf(int keyGroup, int maxParallelism, int parallelism) {
    return keyGroup * parallelism / maxParallelism;
  }

  /** The key groups that a subtask owns. */
  public static KeyGroupRange rangeOf(int subtask, int maxParallelism, int parallelism) {
    int start = (subtask * maxParallelism + parallelism - 1) / parallelism;
    int end = ((subtask + 1) * maxParallelism - 1) / parallelism;
    return new KeyGroupRange(start, end);
  }

  /**
   * The maximum parallelism of an operator for which none was set: a power of two at or above 1.5
   * times its parallelism, from 128 to 32768.
   */
  public static int defaultMaxParallelism(int parallelism) {
    int wanted = parallelism + parallelism / 2;
    int power = wanted <= 1 ? 1 : Integer.highestOneBit(wanted - 1) << 1;
    return Math.min(Math.max(power, LEAST_DEFAULT_MAX_PARALLELISM), MAX_PARALLELISM_LIMIT);
  }

  /** MurmurHash3 (x86, 32 bits) of one 4-byte block with seed 0, made non-negative. */
  private static int murmur(int block) {
    int hash = block * 0xcc9e2d51;
    hash = Integer.rotateLeft(hash, 15) * 0x1b873593;
    hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
    hash ^= Integer.BYTES;
    hash ^= hash >>> 16;
    hash *= 0x85ebca6b;
    hash ^= hash >>> 13;
    hash *= 0xc2b2ae35;
    hash ^= hash >>> 16;
    return hash == Integer.MIN_VALUE ? 0 : Math.abs(hash);
  }
}
