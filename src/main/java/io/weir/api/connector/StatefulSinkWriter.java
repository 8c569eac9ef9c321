package io.weir.api.connector;

import java.io.IOException;
import java.util.List;

/**
 * A writer that keeps something over a restart.
 *
 * @param <InputT> type of the records
 * @param <WriterStateT> type of what is kept
 */
@SuppressWarnings("try") // close() may throw anything; the task restores an interrupt
public interface StatefulSinkWriter<InputT, WriterStateT> extends SinkWriter<InputT> {
  /**
   * What is kept; the elements are shared out among the writers when the parallelism changes.
   *
   * @param checkpointId the checkpoint of which it becomes part
   * @throws IOException to fail the checkpoint
   */
  List<WriterStateT> snapshotState(long checkpointId) throws IOException;
}
