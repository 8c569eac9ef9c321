package io.weir.state.heap;

/** How large hash tables are: a power of two of slots, of which at most 70 % are taken. */
final class TableSize {
  private TableSize() {}

  /** How many entries may be in a table of this power of two of slots. */
  static int limit(int bits) {
    return (int) ((1L << bits) * 7 / 10);
  }

  /** The least power of two of slots that is enough, or the largest one that is allowed. */
  static int bitsFor(int entries, int leastBits, int mostBits) {
    int bits = leastBits;
    while (bits < mostBits && limit(bits) < entries) {
      bits++;
    }
    return bits;
  }
}
