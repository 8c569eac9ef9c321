package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The figures of the last completed checkpoints of one job. Fed from the newest rows of the catalog
 * down to what it knows, so that asking again and again reads a few rows, not thousands. Safe for
 * use by several threads.
 */
final class CompletedWindow {
  /** As many as Flink's summary has. */
  static final int SIZE = 10_000;

  private static final int FIRST_FETCH = 16;
  private static final int GROWTH = 8;

  /** Reads the newest checkpoints of the job, newest first. */
  interface Source<E extends Exception> {
    List<CheckpointRecord> newest(int most) throws E;
  }

  private final ReentrantLock lock = new ReentrantLock();

  private final NavigableMap<Long, CompletedFigures> figures = new TreeMap<>();

  /** All checkpoints up to this id have ended and are known. */
  private long settledUpTo;

  /** The summary, after taking in what has been completed since the last one. */
  <E extends Exception> ObjectNode summary(Source<E> source) throws E {
    lock.lock();
    try {
      refresh(source);
      return CompletedFigures.summary(figures.values());
    } finally {
      lock.unlock();
    }
  }

  private <E extends Exception> void refresh(Source<E> source) throws E {
    int most = FIRST_FETCH;
    List<CheckpointRecord> rows = source.newest(most);
    while (rows.size() == most && most < SIZE && oldest(rows) > settledUpTo + 1) {
      most = Math.min(SIZE, most * GROWTH);
      rows = source.newest(most);
    }
    rows.forEach(this::add);
    while (figures.size() > SIZE) {
      figures.pollFirstEntry();
    }
    settledUpTo =
        rows.stream()
            .filter(row -> row.status() == CheckpointStatus.IN_PROGRESS)
            .mapToLong(row -> row.id() - 1)
            .min()
            .orElse(rows.isEmpty() ? settledUpTo : rows.get(0).id());
  }

  private static long oldest(List<CheckpointRecord> newestFirst) {
    return newestFirst.get(newestFirst.size() - 1).id();
  }

  private void add(CheckpointRecord row) {
    if (row.status() == CheckpointStatus.COMPLETED && row.id() > settledUpTo) {
      figures.put(row.id(), CompletedFigures.of(row));
    }
  }
}
