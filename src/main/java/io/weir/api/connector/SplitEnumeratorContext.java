package io.weir.api.connector;

import io.weir.api.metrics.MetricGroup;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/**
 * The surroundings of an enumerator. Its calls are made on the enumerator's thread, but for {@link
 * #callAsync} and {@link #runInCoordinatorThread}, which any thread may call.
 *
 * @param <SplitT> type of the splits
 */
public interface SplitEnumeratorContext<SplitT extends SourceSplit> {
  /** Where the enumerator registers metrics. */
  MetricGroup metricGroup();

  /**
   * Sends a message to a reader.
   *
   * @param subtaskId index of the reader
   * @param event the message, not null
   */
  void sendEventToSourceReader(int subtaskId, SourceEvent event);

  /** Number of readers that the source will have. */
  int currentParallelism();

  /** The readers that are there, by their index. */
  Map<Integer, ReaderInfo> registeredReaders();

  /**
   * Hands splits to readers.
   *
   * @param newSplitAssignments which splits to which readers, not null
   * @throws IllegalArgumentException if one of the readers is not there
   */
  void assignSplits(SplitsAssignment<SplitT> newSplitAssignments);

  /**
   * Hands one split to a reader.
   *
   * @param split the split, not null
   * @param subtask index of the reader
   * @throws IllegalArgumentException if the reader is not there
   */
  default void assignSplit(SplitT split, int subtask) {
    assignSplits(new SplitsAssignment<>(split, subtask));
  }

  /**
   * Tells a reader that it gets no more splits.
   *
   * @param subtask index of the reader
   */
  void signalNoMoreSplits(int subtask);

  /**
   * Does something that may block on another thread, and then handles the result on the
   * enumerator's.
   *
   * @param callable what may block; must not touch the enumerator's fields
   * @param handler takes the result, or null and what was thrown
   */
  <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler);

  /**
   * As {@link #callAsync(Callable, BiConsumer)}, again and again.
   *
   * @param callable what may block; must not touch the enumerator's fields
   * @param handler takes the result, or null and what was thrown
   * @param initialDelayMillis time before the first call
   * @param periodMillis time between the starts of two calls
   */
  <T> void callAsync(
      Callable<T> callable,
      BiConsumer<T, Throwable> handler,
      long initialDelayMillis,
      long periodMillis);

  /**
   * Does something on the enumerator's thread.
   *
   * @param runnable what is done; what it throws fails the job
   */
  void runInCoordinatorThread(Runnable runnable);

  /**
   * Says whether the records of now are old ones that are caught up with; checkpoints may then be
   * rarer.
   */
  void setIsProcessingBacklog(boolean isProcessingBacklog);
}
