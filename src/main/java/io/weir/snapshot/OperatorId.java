package io.weir.snapshot;

/**
 * Names an operator's state; derived from its {@code uid} or, without one, from its place in the
 * graph.
 *
 * @param upper the first 64 of its 128 bits
 * @param lower the other 64
 */
public record OperatorId(long upper, long lower) implements Comparable<OperatorId> {

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if {@code hex} is not 32 lower-case hex digits
   */
  public static OperatorId parse(String hex) {
    return new OperatorId(Hex128.upper(hex), Hex128.lower(hex));
  }

  @Override
  public int compareTo(OperatorId other) {
    return Hex128.compare(upper, lower, other.upper, other.lower);
  }

  /** 32 lower-case hex digits. */
  @Override
  public String toString() {
    return Hex128.format(upper, lower);
  }
}
