package io.weir.config;

import java.io.Serializable;
import java.util.List;

/**
 * A number of bytes, written with binary units: {@code 64mb}, {@code 20 kb}, {@code 1g}.
 *
 * @param bytes at least 0
 */
public record MemorySize(long bytes) implements Comparable<MemorySize>, Serializable {
  private static final long serialVersionUID = 1L;

  private record Unit(long bytes, String label, List<String> names) {}

  /** From the largest, so that formatting finds the largest unit that divides. */
  private static final List<Unit> UNITS =
      List.of(
          new Unit(1L << 40, "tb", List.of("t", "tb", "tib", "tebibytes")),
          new Unit(1L << 30, "gb", List.of("g", "gb", "gib", "gibibytes")),
          new Unit(1L << 20, "mb", List.of("m", "mb", "mib", "mebibytes")),
          new Unit(1L << 10, "kb", List.of("k", "kb", "kib", "kibibytes")),
          new Unit(1L, "bytes", List.of("", "b", "byte", "bytes")));

  public static final MemorySize ZERO = new MemorySize(0);

  public MemorySize {
    if (bytes < 0) {
      throw new IllegalArgumentException("A memory size cannot be negative: " + bytes);
    }
  }

  public static MemorySize ofKibiBytes(long kibiBytes) {
    return new MemorySize(Math.multiplyExact(kibiBytes, 1L << 10));
  }

  public static MemorySize ofMebiBytes(long mebiBytes) {
    return new MemorySize(Math.multiplyExact(mebiBytes, 1L << 20));
  }

  /**
   * Reads a size.
   *
   * @throws IllegalArgumentException with the reason, if {@code text} is not a size
   */
  public static MemorySize parse(String text) {
    QuantityText quantity = QuantityText.parse(text);
    return UNITS.stream()
        .filter(unit -> unit.names.contains(quantity.unit()))
        .findFirst()
        .map(unit -> new MemorySize(quantity.times(unit.bytes)))
        .orElseThrow(quantity::unknownUnit);
  }

  public long getBytes() {
    return bytes;
  }

  public long getKibiBytes() {
    return bytes >> 10;
  }

  public int getMebiBytes() {
    return Math.toIntExact(bytes >> 20);
  }

  @Override
  public int compareTo(MemorySize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** In the largest unit that gives a whole number; {@link #parse} reads it back. */
  @Override
  public String toString() {
    Unit largest =
        UNITS.stream()
            .filter(unit -> bytes >= unit.bytes && bytes % unit.bytes == 0)
            .findFirst()
            .orElse(UNITS.get(UNITS.size() - 1));
    return bytes / largest.bytes + " " + largest.label;
  }
}
