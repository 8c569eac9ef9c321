package io.weir.snapshot;

/**
 * Names a job; stays the same over all attempts of one submitted job.
 *
 * @param upper the first 64 of its 128 bits
 * @param lower the other 64
 */
public record JobId(long upper, long lower) implements Comparable<JobId> {

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if {@code hex} is not 32 lower-case hex digits
   */
  public static JobId parse(String hex) {
    return new JobId(Hex128.upper(hex), Hex128.lower(hex));
  }

  @Override
  public int compareTo(JobId other) {
    return Hex128.compare(upper, lower, other.upper, other.lower);
  }

  /** 32 lower-case hex digits. */
  @Override
  public String toString() {
    return Hex128.format(upper, lower);
  }
}
