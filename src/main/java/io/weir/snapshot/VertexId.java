package io.weir.snapshot;

/**
 * Names a vertex of a job's plan: one operator chain, run by as many tasks as its parallelism.
 *
 * @param upper the first 64 of its 128 bits
 * @param lower the other 64
 */
public record VertexId(long upper, long lower) implements Comparable<VertexId> {

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if {@code hex} is not 32 lower-case hex digits
   */
  public static VertexId parse(String hex) {
    return new VertexId(Hex128.upper(hex), Hex128.lower(hex));
  }

  @Override
  public int compareTo(VertexId other) {
    return Hex128.compare(upper, lower, other.upper, other.lower);
  }

  /** 32 lower-case hex digits. */
  @Override
  public String toString() {
    return Hex128.format(upper, lower);
  }
}
