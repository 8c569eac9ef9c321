package io.weir.connector.file;

import io.weir.api.connector.SplitEnumerator;
import io.weir.api.connector.SplitEnumeratorContext;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Hands out splits in ascending order, one for each request. */
final class FileSplitEnumerator implements SplitEnumerator<FileSourceSplit, PendingSplits> {
  private final SplitEnumeratorContext<FileSourceSplit> context;
  private final TreeSet<FileSourceSplit> pending;

  FileSplitEnumerator(
      SplitEnumeratorContext<FileSourceSplit> context, Collection<FileSourceSplit> pending) {
    this.context = context;
    this.pending = new TreeSet<>(pending);
  }

  @Override
  public void start() {}

  @Override
  public void handleSplitRequest(int subtaskId, String requesterHostname) {
    FileSourceSplit next = pending.pollFirst();
    if (next == null) {
      context.signalNoMoreSplits(subtaskId);
    } else {
      context.assignSplit(next, subtaskId);
    }
  }

  @Override
  public void addSplitsBack(List<FileSourceSplit> splits, int subtaskId) {
    pending.addAll(splits);
  }

  /** Readers ask when they have read what they have. */
  @Override
  public void addReader(int subtaskId) {}

  @Override
  public PendingSplits snapshotState(long checkpointId) {
    return new PendingSplits(List.copyOf(pending));
  }

  @Override
  public void close() {}
}
