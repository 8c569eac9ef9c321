package io.weir.api.connector;

import io.weir.api.functions.CheckpointListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the splits that a subtask was given. All calls are made on the thread of the task and must
 * not block.
 *
 * @param <T> type of the records
 * @param <SplitT> type of the splits
 */
@SuppressWarnings("try") // close() may throw anything; the task restores an interrupt
public interface SourceReader<T, SplitT extends SourceSplit>
    extends AutoCloseable, CheckpointListener {
  /** Called once, after restored splits were added. */
  void start();

  /**
   * Emits the next record, if there is one; preferably a single one, so that barriers do not wait.
   *
   * @param output takes it, not null
   * @return what comes next
   * @throws Exception to fail the task
   */
  InputStatus pollNext(ReaderOutput<T> output) throws Exception;

  /**
   * The splits with their present positions.
   *
   * @param checkpointId the checkpoint of which they become part
   */
  List<SplitT> snapshotState(long checkpointId);

  /** Completes, on any thread, when polling makes sense again. */
  CompletableFuture<Void> isAvailable();

  /**
   * Adds splits to those that are read.
   *
   * @param splits new ones, or restored ones with their positions
   */
  void addSplits(List<SplitT> splits);

  /** No more splits will be added: the reader ends when it has read what it has. */
  void notifyNoMoreSplits();

  /**
   * A message of the enumerator.
   *
   * @param sourceEvent the message, not null
   */
  default void handleSourceEvents(SourceEvent sourceEvent) {}

  @Override
  default void notifyCheckpointComplete(long checkpointId) throws Exception {}
}
