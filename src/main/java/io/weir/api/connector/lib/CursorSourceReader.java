package io.weir.api.connector.lib;

import io.weir.api.connector.InputStatus;
import io.weir.api.connector.ReaderOutput;
import io.weir.api.connector.SourceReader;
import io.weir.api.connector.SourceReaderContext;
import io.weir.api.connector.SourceSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Reads splits one after the other, and asks for the next one when the last is read.
 *
 * @param <T> type of the records
 * @param <S> type of the splits
 */
final class CursorSourceReader<T, S extends SourceSplit> implements SourceReader<T, S> {
  private final SourceReaderContext context;
  private final Function<S, SplitCursor<T, S>> open;
  private final Deque<S> waiting = new ArrayDeque<>();
  private SplitCursor<T, S> current;
  private boolean noMoreSplits;
  private CompletableFuture<Void> available = new CompletableFuture<>();

  CursorSourceReader(SourceReaderContext context, Function<S, SplitCursor<T, S>> open) {
    this.context = context;
    this.open = open;
  }

  /** Splits that were restored are read before new ones are asked for. */
  @Override
  public void start() {
    if (waiting.isEmpty() && !noMoreSplits) {
      context.sendSplitRequest();
    }
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) {
    if (current == null && !openNextSplit()) {
      return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }
    if (current.hasNext()) {
      output.collect(current.next());
      return InputStatus.MORE_AVAILABLE;
    }
    current = null;
    if (waiting.isEmpty() && !noMoreSplits) {
      available = new CompletableFuture<>();
      context.sendSplitRequest();
    }
    return InputStatus.MORE_AVAILABLE;
  }

  private boolean openNextSplit() {
    S next = waiting.poll();
    if (next == null) {
      return false;
    }
    current = open.apply(next);
    return true;
  }

  @Override
  public List<S> snapshotState(long checkpointId) {
    List<S> splits = new ArrayList<>();
    if (current != null && current.hasNext()) {
      splits.add(current.remaining());
    }
    splits.addAll(waiting);
    return splits;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return current != null || !waiting.isEmpty() || noMoreSplits
        ? CompletableFuture.completedFuture(null)
        : available;
  }

  @Override
  public void addSplits(List<S> splits) {
    waiting.addAll(splits);
    available.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    available.complete(null);
  }

  @Override
  public void close() {}
}
