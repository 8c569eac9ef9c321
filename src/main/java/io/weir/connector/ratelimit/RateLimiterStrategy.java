package io.weir.connector.ratelimit;

import io.weir.api.connector.SourceReader;
import io.weir.api.connector.SourceReaderContext;
import io.weir.api.connector.SourceSplit;
import java.io.Serializable;

/** How many records a source may emit in a second. Immutable. */
public final class RateLimiterStrategy implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double recordsPerSecond;

  private RateLimiterStrategy(double recordsPerSecond) {
    this.recordsPerSecond = recordsPerSecond;
  }

  /**
   * A rate for all subtasks together, of which each gets the same share. After a pause a source may
   * catch up on what it missed in the last second.
   *
   * @param recordsPerSecond more than 0
   */
  public static RateLimiterStrategy perSecond(double recordsPerSecond) {
    if (!(recordsPerSecond > 0)) {
      throw new IllegalArgumentException(
          "A rate must be more than 0 records per second, not %s. Leave the limit away if there is none."
              .formatted(recordsPerSecond));
    }
    return new RateLimiterStrategy(recordsPerSecond);
  }

  /** No limit. */
  public static RateLimiterStrategy noOp() {
    return new RateLimiterStrategy(Double.POSITIVE_INFINITY);
  }

  /**
   * A reader that keeps to the rate.
   *
   * @param reader emits at most one record in a call of {@code pollNext}
   * @param context the surroundings of the reader
   */
  public <T, S extends SourceSplit> SourceReader<T, S> limit(
      SourceReader<T, S> reader, SourceReaderContext context) {
    if (recordsPerSecond == Double.POSITIVE_INFINITY) {
      return reader;
    }
    return new RateLimitedReader<>(
        reader,
        new RateLimiter(recordsPerSecond / context.currentParallelism()),
        context.getProcessingTimeService());
  }

  @Override
  public String toString() {
    return recordsPerSecond == Double.POSITIVE_INFINITY
        ? "no limit"
        : recordsPerSecond + " records/s";
  }
}
