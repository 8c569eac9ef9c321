package io.weir.connector.file;

import io.weir.api.connector.InputStatus;
import io.weir.api.connector.ReaderOutput;
import io.weir.api.connector.SourceOutput;
import io.weir.api.connector.SourceReader;
import io.weir.api.connector.SourceReaderContext;
import io.weir.api.metrics.Counter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * Reads splits one after the other, in ascending order, and asks for another one when it has none.
 *
 * <p>Every split that it has counts for the watermark from the beginning, so the one that is read
 * last holds back the others: nothing that is still to be read here is late.
 */
final class FileSourceReader<T> implements SourceReader<T, FileSourceSplit> {
  private final SourceReaderContext context;
  private final LineFormat<T> format;
  private final Counter brokenLines;
  private final TreeSet<FileSourceSplit> waiting = new TreeSet<>();

  /** Those of {@link #waiting} for which there is no output yet. */
  private final List<FileSourceSplit> unannounced = new ArrayList<>();

  private FileSplitCursor<T> current;
  private SourceOutput<T> currentOutput;
  private boolean noMoreSplits;
  private CompletableFuture<Void> available = new CompletableFuture<>();

  FileSourceReader(SourceReaderContext context, LineFormat<T> format) {
    this.context = context;
    this.format = format;
    this.brokenLines = context.metricGroup().counter("numRecordsInErrors");
  }

  @Override
  public void start() {
    if (waiting.isEmpty()) {
      context.sendSplitRequest();
    }
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws IOException {
    unannounced.forEach(split -> output.createOutputForSplit(split.splitId()));
    unannounced.clear();
    if (current == null && !openNext(output)) {
      return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }
    if (current.hasNext()) {
      current.emitNext(currentOutput);
    } else {
      closeCurrent(output);
    }
    return InputStatus.MORE_AVAILABLE;
  }

  private boolean openNext(ReaderOutput<T> output) throws IOException {
    FileSourceSplit next = waiting.pollFirst();
    if (next == null) {
      return false;
    }
    current = FileSplitCursor.open(next, format, brokenLines);
    currentOutput = output.createOutputForSplit(next.splitId());
    return true;
  }

  private void closeCurrent(ReaderOutput<T> output) throws IOException {
    FileSplitCursor<T> done = current;
    current = null;
    currentOutput = null;
    done.close();
    if (waiting.isEmpty() && !noMoreSplits) {
      available = new CompletableFuture<>();
      context.sendSplitRequest();
    }
    output.releaseOutputForSplit(done.split().splitId());
  }

  @Override
  public List<FileSourceSplit> snapshotState(long checkpointId) {
    List<FileSourceSplit> splits = new ArrayList<>();
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
  public void addSplits(List<FileSourceSplit> splits) {
    waiting.addAll(splits);
    unannounced.addAll(splits);
    available.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    available.complete(null);
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
    }
  }
}
