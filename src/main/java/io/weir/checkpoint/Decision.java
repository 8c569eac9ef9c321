package io.weir.checkpoint;

import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.TaskId;
import java.util.Optional;
import java.util.Set;

/** What the driver has to do. Decisions of one step are carried out in their order. */
public sealed interface Decision {

  /** Calls the case of this decision. */
  void accept(Cases cases);

  /**
   * Starts a checkpoint: prepares its place and triggers {@link CheckpointPlan#toTrigger()}.
   *
   * @param requestId the request that it answers, if it is not a periodic one
   */
  record Trigger(
      long checkpointId,
      CheckpointType type,
      long timestampMillis,
      Optional<String> requestId,
      CheckpointPlan plan)
      implements Decision {
    @Override
    public void accept(Cases cases) {
      cases.trigger(this);
    }
  }

  /** Keeps what the task acknowledged: it is part of the checkpoint. */
  record KeepAck(long checkpointId, TaskId task) implements Decision {
    @Override
    public void accept(Cases cases) {
      cases.keepAck(this);
    }
  }

  /**
   * Removes the state that came with this acknowledgement, which no checkpoint needs. An
   * acknowledgement that gets neither this nor {@link KeepAck} is a duplicate, or unknown: nothing
   * is removed then, since its files may belong to a completed checkpoint.
   */
  record DiscardAck(long attempt, long checkpointId, TaskId task) implements Decision {
    @Override
    public void accept(Cases cases) {
      cases.discardAck(this);
    }
  }

  /**
   * All acknowledgements are in: writes the metadata, then the catalog's row; answers with {@code
   * StoreCompleted} or {@code StoreFailed}.
   */
  record Finalize(long checkpointId, CheckpointType type, CheckpointPlan plan) implements Decision {
    @Override
    public void accept(Cases cases) {
      cases.finalizeCheckpoint(this);
    }
  }

  /**
   * The checkpoint is complete.
   *
   * @param toNotify tasks that are told, so that they commit what they prepared; none for a
   *     savepoint behind which the job goes on
   */
  record Complete(long checkpointId, CheckpointType type, Set<TaskId> toNotify)
      implements Decision {
    @Override
    public void accept(Cases cases) {
      cases.complete(this);
    }
  }

  /**
   * The checkpoint is given up: its state is removed.
   *
   * @param toNotify tasks that are told
   * @param message for people
   */
  record Abort(
      long checkpointId,
      CheckpointType type,
      FailureReason reason,
      String message,
      Set<TaskId> toNotify)
      implements Decision {
    @Override
    public void accept(Cases cases) {
      cases.abort(this);
    }
  }

  /** A completed checkpoint is no longer retained: it is removed. */
  record Subsume(long checkpointId) implements Decision {
    @Override
    public void accept(Cases cases) {
      cases.subsume(this);
    }
  }

  /**
   * The job must not go on; its restart strategy says what follows.
   *
   * @param message for people
   */
  record FailJob(FailureReason reason, String message) implements Decision {
    @Override
    public void accept(Cases cases) {
      cases.failJob(this);
    }
  }

  /**
   * The tasks cannot go on from where they are, through no fault of the job: it starts again at
   * once from its newest checkpoint, whatever its restart strategy says.
   *
   * @param message for people
   */
  record RestartJob(FailureReason reason, String message) implements Decision {
    @Override
    public void accept(Cases cases) {
      cases.restartJob(this);
    }
  }

  /** The one answer to a request. */
  record AnswerRequest(String requestId, RequestOutcome outcome) implements Decision {
    @Override
    public void accept(Cases cases) {
      cases.answerRequest(this);
    }
  }

  /**
   * Last of a step: nothing will happen by itself before this time, when a {@code Tick} is due. It
   * replaces the one before; without it no tick is needed.
   */
  record WaitUntil(long timeMillis) implements Decision {
    @Override
    public void accept(Cases cases) {
      cases.waitUntil(this);
    }
  }

  /** One method per decision. */
  interface Cases {
    void trigger(Trigger decision);

    void keepAck(KeepAck decision);

    void discardAck(DiscardAck decision);

    void finalizeCheckpoint(Finalize decision);

    void complete(Complete decision);

    void abort(Abort decision);

    void subsume(Subsume decision);

    void failJob(FailJob decision);

    void restartJob(RestartJob decision);

    void answerRequest(AnswerRequest decision);

    void waitUntil(WaitUntil decision);
  }
}
