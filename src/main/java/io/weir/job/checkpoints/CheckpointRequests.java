package io.weir.job.checkpoints;

import io.weir.checkpoint.CheckpointRequest;
import io.weir.checkpoint.Decision;
import io.weir.checkpoint.RequestOutcome;
import io.weir.snapshot.CheckpointType;
import io.weir.storage.CheckpointLocation;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The requests for checkpoints and savepoints of one job that have not been answered. Used by the
 * job's actor alone.
 */
final class CheckpointRequests {
  private final Map<String, Open> open = new HashMap<>();
  private long count;

  /** What was asked for, and by and by where it is. */
  private static final class Open {
    private final RequestedSavepoint savepoint;
    private final CompletableFuture<TakenCheckpoint> answer;
    private String path;

    Open(RequestedSavepoint savepoint, CompletableFuture<TakenCheckpoint> answer) {
      this.savepoint = savepoint;
      this.answer = answer;
    }
  }

  /**
   * Adds a request.
   *
   * @param savepoint null for a checkpoint
   */
  CheckpointRequest add(
      CheckpointType type,
      RequestedSavepoint savepoint,
      CompletableFuture<TakenCheckpoint> answer) {
    String id = "request-" + count++;
    open.put(id, new Open(savepoint, answer));
    return new CheckpointRequest(id, type, true);
  }

  /** The savepoint that was asked for; null if it was a checkpoint. */
  RequestedSavepoint savepoint(String requestId) {
    return open.get(requestId).savepoint;
  }

  /** The checkpoint for the request is being written there. */
  void started(String requestId, CheckpointLocation location) {
    Open request = open.get(requestId);
    if (request != null) {
      request.path = location.path();
    }
  }

  /** None of them is answered by the coordinator any more. */
  void fail(Exception why) {
    open.values().forEach(request -> request.answer.completeExceptionally(why));
    open.clear();
  }

  void answer(Decision.AnswerRequest decision) {
    Open request = open.remove(decision.requestId());
    if (request == null) {
      return;
    }
    if (decision.outcome() instanceof RequestOutcome.Completed completed) {
      request.answer.complete(new TakenCheckpoint(completed.checkpointId(), request.path));
    } else {
      RequestOutcome.Failed failed = (RequestOutcome.Failed) decision.outcome();
      request.answer.completeExceptionally(
          new CheckpointException(failed.checkpointId(), failed.reason(), failed.message()));
    }
  }
}
