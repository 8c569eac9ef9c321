package io.weir.api.connector;

import java.io.IOException;

/**
 * A sink that commits; its writers are {@link CommittingSinkWriter}s.
 *
 * @param <CommittableT> what is committed
 */
public interface SupportsCommitter<CommittableT> {
  /**
   * The committer of a subtask.
   *
   * @param context the surroundings of the committer, not null
   * @throws IOException to fail the task
   */
  Committer<CommittableT> createCommitter(CommitterInitContext context) throws IOException;

  /** Writes what is to be committed; it is part of the checkpoint. */
  SimpleVersionedSerializer<CommittableT> getCommittableSerializer();
}
