package io.weir.checkpoint.advice;

import io.weir.checkpoint.advice.Advice.BackendAdvice;
import io.weir.checkpoint.advice.Situation.Backend;
import java.util.Locale;

/**
 * Where keyed state should live. On the heap an access costs no serialization, but all of the state
 * must fit and every checkpoint writes all of it; RocksDB holds more than memory does and writes
 * only what has changed.
 */
final class BackendRules {
  /** A value on the heap takes about this many times the bytes that it has when written. */
  private static final int OBJECTS_PER_BYTE = 4;

  /** State may fill this part of the heap; the rest is for everything else. */
  private static final int LARGE_PART = 2;

  /** State that fills no more than this part is small: going back is worth it. */
  private static final int SMALL_PART = 10;

  private static final long MEBIBYTE = 1 << 20;

  private BackendRules() {}

  static BackendAdvice of(Situation situation) {
    long state = situation.high(MeasuredCheckpoint::stateBytes);
    long objects = state * OBJECTS_PER_BYTE;
    long duration = situation.high(MeasuredCheckpoint::durationMillis);
    long writing = situation.high(MeasuredCheckpoint::asyncMillis);
    boolean isHeld = situation.backend() == Backend.HASHMAP;
    if (objects > situation.heapBytes() / LARGE_PART) {
      return new BackendAdvice(
          Backend.ROCKSDB,
          "%s of state are about %s on the heap, more than half of its %s."
              .formatted(text(state), text(objects), text(situation.heapBytes())));
    }
    if (isHeld && writing > duration / 2 && 3 * duration > situation.allowedLossMillis()) {
      return new BackendAdvice(
          Backend.ROCKSDB,
          "Writing takes %d of %d ms, too long for the allowed loss of %d ms: incremental checkpoints write only what has changed."
              .formatted(writing, duration, situation.allowedLossMillis()));
    }
    if (isHeld || objects <= situation.heapBytes() / SMALL_PART) {
      return new BackendAdvice(
          Backend.HASHMAP,
          "%s of state are about %s on a heap of %s, and quickest there."
              .formatted(text(state), text(objects), text(situation.heapBytes())));
    }
    return new BackendAdvice(
        Backend.ROCKSDB,
        "%s of state are about %s on a heap of %s: it would fit, with little room to grow."
            .formatted(text(state), text(objects), text(situation.heapBytes())));
  }

  private static String text(long bytes) {
    return bytes < MEBIBYTE
        ? bytes + " bytes"
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) MEBIBYTE);
  }
}
