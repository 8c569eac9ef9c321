package io.weir.checkpoint.explain;

import java.util.Locale;

/** Durations as people read them. */
final class Seconds {
  private Seconds() {}

  static String of(long millis) {
    return millis < 1_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }
}
