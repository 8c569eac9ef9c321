package io.weir.api.connector;

import java.io.IOException;
import java.util.Collection;

/**
 * A writer whose results become visible by being committed.
 *
 * @param <InputT> type of the records
 * @param <CommittableT> what is committed
 */
@SuppressWarnings("try") // close() may throw anything; the task restores an interrupt
public interface CommittingSinkWriter<InputT, CommittableT> extends SinkWriter<InputT> {
  /**
   * Ends what was written since the last call, so that it can be committed: called after {@link
   * #flush} and before the writer's state is captured.
   *
   * @return what is committed when the checkpoint is complete; possibly nothing
   * @throws IOException to fail the task
   * @throws InterruptedException when the task is cancelled
   */
  Collection<CommittableT> prepareCommit() throws IOException, InterruptedException;
}
