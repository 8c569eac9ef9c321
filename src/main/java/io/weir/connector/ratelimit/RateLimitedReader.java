package io.weir.connector.ratelimit;

import io.weir.api.connector.InputStatus;
import io.weir.api.connector.ProcessingTimeService;
import io.weir.api.connector.ReaderOutput;
import io.weir.api.connector.SourceEvent;
import io.weir.api.connector.SourceReader;
import io.weir.api.connector.SourceSplit;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Polls another reader when a record is due, and has nothing available until then. */
@SuppressWarnings("try") // close() may throw anything; the task restores an interrupt
final class RateLimitedReader<T, S extends SourceSplit> implements SourceReader<T, S> {
  private final SourceReader<T, S> reader;
  private final RateLimiter limiter;
  private final ProcessingTimeService time;

  /** Completed when the next record is due. */
  private CompletableFuture<Void> pause = CompletableFuture.completedFuture(null);

  RateLimitedReader(SourceReader<T, S> reader, RateLimiter limiter, ProcessingTimeService time) {
    this.reader = reader;
    this.limiter = limiter;
    this.time = time;
  }

  @Override
  public void start() {
    reader.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    if (!pause.isDone()) {
      return InputStatus.NOTHING_AVAILABLE;
    }
    long now = time.getCurrentProcessingTime();
    if (!limiter.tryAcquire(now)) {
      pauseUntil(limiter.nextTry(now));
      return InputStatus.NOTHING_AVAILABLE;
    }
    return reader.pollNext(output);
  }

  private void pauseUntil(long timestamp) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    pause = over;
    time.registerTimer(timestamp, due -> over.complete(null));
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return pause.isDone() ? reader.isAvailable() : pause;
  }

  @Override
  public List<S> snapshotState(long checkpointId) {
    return reader.snapshotState(checkpointId);
  }

  @Override
  public void addSplits(List<S> splits) {
    reader.addSplits(splits);
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent sourceEvent) {
    reader.handleSourceEvents(sourceEvent);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void close() throws Exception {
    reader.close();
  }
}
