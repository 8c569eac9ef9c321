package io.weir.state.heap;

import java.util.Arrays;

/** A binary heap of timers, the earliest first, out of which any timer can be removed. */
final class TimerHeap {
  private HeapTimer[] timers = new HeapTimer[16];
  private int size;

  int size() {
    return size;
  }

  /** The earliest timer, or null. */
  HeapTimer peek() {
    return timers[0];
  }

  void add(HeapTimer timer) {
    if (size == timers.length) {
      timers = Arrays.copyOf(timers, size + (size >> 1));
    }
    rise(timer, size++);
  }

  void remove(HeapTimer timer) {
    int hole = timer.heapIndex;
    HeapTimer last = timers[--size];
    timers[size] = null;
    timer.heapIndex = -1;
    if (hole == size) {
      return;
    }
    if (hole > 0 && last.isBefore(timers[(hole - 1) >>> 1])) {
      rise(last, hole);
    } else {
      sink(last, hole);
    }
  }

  private void rise(HeapTimer timer, int from) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (!timer.isBefore(timers[parent])) {
        break;
      }
      place(timers[parent], at);
      at = parent;
    }
    place(timer, at);
  }

  private void sink(HeapTimer timer, int from) {
    int at = from;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && timers[child + 1].isBefore(timers[child])) {
        child++;
      }
      if (!timers[child].isBefore(timer)) {
        break;
      }
      place(timers[child], at);
      at = child;
    }
    place(timer, at);
  }

  private void place(HeapTimer timer, int at) {
    timers[at] = timer;
    timer.heapIndex = at;
  }
}
