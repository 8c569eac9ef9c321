package io.weir.api.connector;

import java.io.IOException;
import java.io.Serializable;

/**
 * A sink: a description that creates writers. It also implements {@link SupportsWriterState} when a
 * writer keeps something over a restart, and {@link SupportsCommitter} when it commits.
 *
 * @param <InputT> type of the records
 */
public interface Sink<InputT> extends Serializable {
  /**
   * The writer of a subtask.
   *
   * @param context the surroundings of the writer, not null
   * @throws IOException to fail the task
   */
  SinkWriter<InputT> createWriter(WriterInitContext context) throws IOException;
}
