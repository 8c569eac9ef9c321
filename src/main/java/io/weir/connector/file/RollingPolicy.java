package io.weir.connector.file;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a file sink ends a file and begins another one. It always does so at a checkpoint, because
 * whole files become visible; in between, size and age may end a file earlier. Immutable.
 *
 * @param maxPartSizeBytes a file that is at least as large is ended
 * @param rolloverInterval a file that is at least as old is ended when the next record comes
 */
public record RollingPolicy(long maxPartSizeBytes, Duration rolloverInterval)
    implements Serializable {
  private static final RollingPolicy ON_CHECKPOINT =
      new RollingPolicy(Long.MAX_VALUE, Duration.ofMillis(Long.MAX_VALUE));

  public RollingPolicy {
    if (maxPartSizeBytes < 1 || rolloverInterval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "A file must be allowed at least 1 byte and 1 ms, not %d bytes and %s"
              .formatted(maxPartSizeBytes, rolloverInterval));
    }
  }

  /** One file from each checkpoint to the next. */
  public static RollingPolicy onCheckpoint() {
    return ON_CHECKPOINT;
  }

  /** Also ends files of at least this size. */
  public RollingPolicy withMaxPartSizeBytes(long sizeBytes) {
    return new RollingPolicy(sizeBytes, rolloverInterval);
  }

  /** Also ends files of at least this age. */
  public RollingPolicy withRolloverInterval(Duration age) {
    return new RollingPolicy(maxPartSizeBytes, age);
  }

  boolean isDue(long sizeBytes, long ageMillis) {
    return sizeBytes >= maxPartSizeBytes || ageMillis >= rolloverInterval.toMillis();
  }
}
