package io.weir.testkit;

/**
 * What goes wrong with one step of storage.
 *
 * @param delayMillis how long the step takes, added to {@link InMemoryStorage#takeDelayMillis()}
 */
public record StorageFault(Kind kind, long delayMillis) {
  /** All goes well. */
  public static final StorageFault NONE = new StorageFault(Kind.NONE, 0);

  /** The step fails and has no effect. */
  public static final StorageFault FAIL = new StorageFault(Kind.FAIL, 0);

  /** The step has its effect, but its caller is told that it failed. */
  public static final StorageFault FAIL_AFTER_EFFECT = new StorageFault(Kind.FAIL_AFTER_EFFECT, 0);

  /**
   * A sync returns without having done anything: what it was for is lost, torn or kept at the next
   * crash.
   */
  public static final StorageFault LOST_SYNC = new StorageFault(Kind.LOST_SYNC, 0);

  /** A read gives one byte changed. */
  public static final StorageFault CORRUPT_READ = new StorageFault(Kind.CORRUPT_READ, 0);

  /** What happens. */
  public enum Kind {
    NONE,
    FAIL,
    FAIL_AFTER_EFFECT,
    LOST_SYNC,
    CORRUPT_READ
  }

  /** The step takes its time. */
  public static StorageFault slow(long delayMillis) {
    return new StorageFault(Kind.NONE, delayMillis);
  }
}
