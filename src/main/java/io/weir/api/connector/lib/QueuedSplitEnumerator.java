package io.weir.api.connector.lib;

import io.weir.api.connector.SourceSplit;
import io.weir.api.connector.SplitEnumerator;
import io.weir.api.connector.SplitEnumeratorContext;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Gives the splits of a queue to the readers that ask.
 *
 * @param <S> type of the splits
 */
final class QueuedSplitEnumerator<S extends SourceSplit> implements SplitEnumerator<S, List<S>> {
  private final SplitEnumeratorContext<S> context;
  private final Deque<S> unassigned;

  QueuedSplitEnumerator(SplitEnumeratorContext<S> context, Collection<S> splits) {
    this.context = context;
    this.unassigned = new ArrayDeque<>(splits);
  }

  @Override
  public void start() {}

  @Override
  public void handleSplitRequest(int subtaskId, String requesterHostname) {
    S split = unassigned.poll();
    if (split == null) {
      context.signalNoMoreSplits(subtaskId);
    } else {
      context.assignSplit(split, subtaskId);
    }
  }

  @Override
  public void addSplitsBack(List<S> splits, int subtaskId) {
    splits.forEach(unassigned::addFirst);
  }

  /** Readers ask for themselves. */
  @Override
  public void addReader(int subtaskId) {}

  @Override
  public List<S> snapshotState(long checkpointId) {
    return List.copyOf(unassigned);
  }

  @Override
  public void close() {}
}
