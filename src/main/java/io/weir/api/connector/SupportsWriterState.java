package io.weir.api.connector;

import java.io.IOException;
import java.util.Collection;

/**
 * A sink whose writers keep something over a restart.
 *
 * @param <InputT> type of the records
 * @param <WriterStateT> type of what is kept
 */
public interface SupportsWriterState<InputT, WriterStateT> {
  /**
   * The writer of a subtask of a run that is restored.
   *
   * @param context the surroundings of the writer, not null
   * @param recoveredState what earlier writers kept; possibly empty, or of several of them
   * @throws IOException to fail the task
   */
  StatefulSinkWriter<InputT, WriterStateT> restoreWriter(
      WriterInitContext context, Collection<WriterStateT> recoveredState) throws IOException;

  /** Writes what is kept. */
  SimpleVersionedSerializer<WriterStateT> getWriterStateSerializer();
}
