package io.weir.state.rocksdb;

import java.util.Arrays;

/**
 * Brings records that stand in an array one behind the other into the order of their keys, byte by
 * byte as the database compares them; those of the same key stay in the order in which they came.
 * Belongs to one thread.
 */
final class KeyOrder {
  private static final int FIRST_RECORDS = 256;

  /** So few records are sorted one by one. */
  private static final int FEW = 8;

  private int[] starts = new int[FIRST_RECORDS + 1];
  private int[] keyStarts = new int[FIRST_RECORDS];
  private int[] keyEnds = new int[FIRST_RECORDS];
  private int[] order = new int[FIRST_RECORDS];
  private int[] merged = new int[FIRST_RECORDS];
  private int size;

  /** The array that the records stand in, while they are sorted. */
  private byte[] bytes;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** A record begins here, with its key at another place in it. */
  void add(int start, int keyStart, int keyEnd) {
    if (size == keyStarts.length) {
      int records = 2 * size;
      starts = Arrays.copyOf(starts, records + 1);
      keyStarts = Arrays.copyOf(keyStarts, records);
      keyEnds = Arrays.copyOf(keyEnds, records);
      order = new int[records];
      merged = new int[records];
    }
    starts[size] = start;
    keyStarts[size] = keyStart;
    keyEnds[size] = keyEnd;
    size++;
  }

  /**
   * Copies all records, in the order of their keys, to the same place of another array.
   *
   * @param source holds the records, the last of which ends at {@code end}
   */
  void copy(byte[] source, int end, byte[] target) {
    bytes = source;
    starts[size] = end;
    for (int index = 0; index < size; index++) {
      order[index] = index;
    }
    sort(0, size);
    bytes = null;
    int at = size == 0 ? end : starts[0];
    for (int index = 0; index < size; index++) {
      int record = order[index];
      int length = starts[record + 1] - starts[record];
      System.arraycopy(source, starts[record], target, at, length);
      at += length;
    }
  }

  /** Sorts by merging, which keeps records of the same key in order. */
  private void sort(int from, int to) {
    if (to - from <= FEW) {
      insertEach(from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(from, middle);
    sort(middle, to);
    if (isInOrder(order[middle - 1], order[middle])) {
      return;
    }
    System.arraycopy(order, from, merged, from, middle - from);
    int left = from;
    int right = middle;
    for (int at = from; left < middle; at++) {
      order[at] =
          right == to || isInOrder(merged[left], order[right]) ? merged[left++] : order[right++];
    }
  }

  private void insertEach(int from, int to) {
    for (int index = from + 1; index < to; index++) {
      int record = order[index];
      int place = index;
      for (; place > from && !isInOrder(order[place - 1], record); place--) {
        order[place] = order[place - 1];
      }
      order[place] = record;
    }
  }

  private boolean isInOrder(int first, int second) {
    return Arrays.compareUnsigned(
            bytes, keyStarts[first], keyEnds[first], bytes, keyStarts[second], keyEnds[second])
        <= 0;
  }
}
