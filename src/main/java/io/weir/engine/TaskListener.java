package io.weir.engine;

import io.weir.engine.source.SourceRequest;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.SubtaskState;
import java.util.Map;

/**
 * Port: hears from tasks. Called from tasks' threads and from the threads of asynchronous
 * snapshots; must not block and must not throw.
 */
public interface TaskListener {

  /** The task has restored its state, opened its operators and begins to process. */
  void running(TaskAttempt attempt);

  /**
   * The task's part of a checkpoint is durable.
   *
   * @param state by operator; operators without state are absent
   */
  void acknowledged(
      TaskAttempt attempt,
      long checkpointId,
      Map<OperatorId, SubtaskState> state,
      CheckpointMetrics metrics);

  /** The task cannot take its part of a checkpoint, but goes on processing. */
  void declined(TaskAttempt attempt, long checkpointId, DeclineReason reason, Throwable cause);

  /** The task has come to the end of its input and has closed. */
  void finished(TaskAttempt attempt);

  /** The task has closed because it was told to. */
  void canceled(TaskAttempt attempt);

  /** The task has failed and has closed. */
  void failed(TaskAttempt attempt, Throwable cause);

  /** A source's reader has something to tell its coordinator. */
  void sourceRequest(TaskAttempt attempt, OperatorId source, SourceRequest request);
}
