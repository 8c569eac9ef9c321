package io.weir.api.windowing.assigners;

import io.weir.api.windowing.windows.TimeWindow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The arithmetic that the assigners of time windows share. */
final class TimeWindows {
  private TimeWindows() {}

  /** The one window of a time. */
  static Collection<TimeWindow> tumbling(long timestamp, long sizeMillis, long offsetMillis) {
    long start = TimeWindow.getWindowStartWithOffset(timestamp, offsetMillis, sizeMillis);
    return List.of(new TimeWindow(start, start + sizeMillis));
  }

  /** All windows that contain a time, the latest first. */
  static Collection<TimeWindow> sliding(
      long timestamp, long sizeMillis, long slideMillis, long offsetMillis) {
    List<TimeWindow> windows = new ArrayList<>((int) (sizeMillis / slideMillis) + 1);
    long lastStart = TimeWindow.getWindowStartWithOffset(timestamp, offsetMillis, slideMillis);
    for (long start = lastStart; start > timestamp - sizeMillis; start -= slideMillis) {
      windows.add(new TimeWindow(start, start + sizeMillis));
    }
    return windows;
  }

  /** Merges windows that overlap or touch. */
  static void merge(
      Collection<TimeWindow> windows, MergingWindowAssigner.MergeCallback<TimeWindow> callback) {
    List<TimeWindow> byStart = new ArrayList<>(windows);
    byStart.sort(Comparator.comparingLong(TimeWindow::getStart));
    List<TimeWindow> group = new ArrayList<>();
    TimeWindow cover = null;
    for (TimeWindow window : byStart) {
      if (cover != null && cover.intersects(window)) {
        cover = cover.cover(window);
      } else {
        mergeGroup(group, cover, callback);
        group = new ArrayList<>();
        cover = window;
      }
      group.add(window);
    }
    mergeGroup(group, cover, callback);
  }

  private static void mergeGroup(
      List<TimeWindow> group,
      TimeWindow cover,
      MergingWindowAssigner.MergeCallback<TimeWindow> callback) {
    if (group.size() > 1) {
      callback.merge(group, cover);
    }
  }

  static long checkTimestamp(long timestamp) {
    if (timestamp == Long.MIN_VALUE) {
      throw new IllegalStateException(
          "A record without event time reached an event-time window. Give the source a"
              + " WatermarkStrategy with a timestamp assigner, or call"
              + " assignTimestampsAndWatermarks(...) before the window, or use processing-time"
              + " windows.");
    }
    return timestamp;
  }

  static void checkTumbling(long sizeMillis, long offsetMillis) {
    if (sizeMillis <= 0 || Math.abs(offsetMillis) >= sizeMillis) {
      throw new IllegalArgumentException(
          "A tumbling window needs a size above 0 and an offset shorter than the size, not size %d ms"
                  .formatted(sizeMillis)
              + " and offset %d ms".formatted(offsetMillis));
    }
  }

  static void checkSliding(long sizeMillis, long slideMillis, long offsetMillis) {
    if (sizeMillis <= 0 || slideMillis <= 0 || Math.abs(offsetMillis) >= slideMillis) {
      throw new IllegalArgumentException(
          "A sliding window needs size and slide above 0 and an offset shorter than the slide, not"
              + " size %d ms, slide %d ms and offset %d ms"
                  .formatted(sizeMillis, slideMillis, offsetMillis));
    }
  }

  static long checkGap(long gapMillis) {
    if (gapMillis <= 0) {
      throw new IllegalArgumentException(
          "A session window needs a gap above 0, not " + gapMillis + " ms");
    }
    return gapMillis;
  }
}
