package io.weir.engine.operator.sink;

import io.weir.api.connector.Committer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits a set of committables: those that the committer wants to try again are tried again, a
 * limited number of times.
 *
 * @param <C> what is committed
 */
final class CommitAttempts<C> {
  private static final Logger LOG = LoggerFactory.getLogger(CommitAttempts.class);

  private final String operatorName;
  private final Committer<C> committer;
  private final int maxRetries;
  private final CommitMetrics metrics;

  CommitAttempts(
      String operatorName, Committer<C> committer, int maxRetries, CommitMetrics metrics) {
    this.operatorName = operatorName;
    this.committer = committer;
    this.maxRetries = maxRetries;
    this.metrics = metrics;
  }

  /**
   * Returns when each is committed or given up for a known reason.
   *
   * @throws IOException if one failed for an unknown reason, or too often
   */
  void commit(long checkpointId, List<C> committables) throws IOException, InterruptedException {
    List<PendingCommit<C>> pending = new ArrayList<>();
    for (C committable : committables) {
      pending.add(new PendingCommit<>(committable));
    }
    for (int retry = 0; !pending.isEmpty(); retry++) {
      if (retry > maxRetries) {
        throw new IOException(
            "The sink '%s' could not commit %d of %d results of checkpoint %d in %d attempts. They are committed again when the job restarts; check the system that the sink writes to, or allow more attempts with sink.committer.retries."
                .formatted(operatorName, pending.size(), committables.size(), checkpointId, retry));
      }
      attempt(retry, pending);
      pending = judge(checkpointId, pending);
    }
  }

  private void attempt(int retry, List<PendingCommit<C>> pending)
      throws IOException, InterruptedException {
    for (PendingCommit<C> commit : pending) {
      commit.beginAttempt(retry);
    }
    committer.commit(Collections.unmodifiableList(pending));
  }

  private List<PendingCommit<C>> judge(long checkpointId, List<PendingCommit<C>> attempted)
      throws IOException {
    List<PendingCommit<C>> again = new ArrayList<>();
    PendingCommit<C> failed = null;
    for (PendingCommit<C> commit : attempted) {
      metrics.attempted(commit.outcome());
      switch (commit.outcome()) {
        case COMMITTED, ALREADY_COMMITTED -> {}
        case RETRY -> again.add(commit);
        case DROPPED ->
            LOG.warn(
                "The sink '{}' gave up a result of checkpoint {}: {}",
                operatorName,
                checkpointId,
                commit.getCommittable(),
                commit.reason());
        case FAILED -> failed = commit;
      }
    }
    if (failed != null) {
      throw new IOException(
          "The sink '%s' could not commit %s of checkpoint %d. It is committed again when the job restarts."
              .formatted(operatorName, failed.getCommittable(), checkpointId),
          failed.reason());
    }
    return again;
  }
}
