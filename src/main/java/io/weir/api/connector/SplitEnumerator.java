package io.weir.api.connector;

import io.weir.api.functions.CheckpointListener;
import java.io.IOException;
import java.util.List;

/**
 * Finds the splits of a source and hands them to its readers. All calls are made on one thread and
 * must not block: see {@link SplitEnumeratorContext#callAsync}.
 *
 * @param <SplitT> type of the splits
 * @param <CheckpointT> type of its state
 */
public interface SplitEnumerator<SplitT extends SourceSplit, CheckpointT>
    extends AutoCloseable, CheckpointListener {
  /** Called once, before all others. */
  void start();

  /**
   * A reader asks for a split.
   *
   * @param subtaskId index of the reader
   * @param requesterHostname name of its host; may be null
   */
  void handleSplitRequest(int subtaskId, String requesterHostname);

  /**
   * A reader failed: takes back the splits that it was given since the checkpoint to which it goes
   * back.
   *
   * @param splits the splits
   * @param subtaskId index of the reader
   */
  void addSplitsBack(List<SplitT> splits, int subtaskId);

  /**
   * A reader is there, or is there again.
   *
   * @param subtaskId index of the reader
   */
  void addReader(int subtaskId);

  /**
   * What is needed to go on from here: splits that were not yet handed out, and how far was
   * searched.
   *
   * @param checkpointId the checkpoint of which it becomes part
   * @throws Exception to fail the checkpoint
   */
  CheckpointT snapshotState(long checkpointId) throws Exception;

  @Override
  void close() throws IOException;

  /**
   * A message of a reader.
   *
   * @param subtaskId index of the reader
   * @param sourceEvent the message, not null
   */
  default void handleSourceEvent(int subtaskId, SourceEvent sourceEvent) {}

  @Override
  default void notifyCheckpointComplete(long checkpointId) throws Exception {}
}
