package io.weir.state.heap;

/** Some slots of a {@link LongTable}. */
final class LongPage implements TablePage {
  /** Key and value of each slot. */
  final long[] numbers;

  LongPage(int slots) {
    numbers = new long[2 * slots];
  }

  @Override
  public int slots() {
    return numbers.length >> 1;
  }

  @Override
  public TablePage like(int slots) {
    return new LongPage(slots);
  }

  @Override
  public boolean isFree(int slot) {
    return numbers[slot << 1] == LongTable.EMPTY;
  }

  @Override
  public void free(int slot) {
    numbers[slot << 1] = LongTable.EMPTY;
  }

  @Override
  public void copy(TablePage source, int from, int to, int count) {
    long[] others = ((LongPage) source).numbers;
    if (count == 1) {
      numbers[to << 1] = others[from << 1];
      numbers[(to << 1) + 1] = others[(from << 1) + 1];
    } else {
      System.arraycopy(others, from << 1, numbers, to << 1, count << 1);
    }
  }
}
