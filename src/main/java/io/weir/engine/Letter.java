package io.weir.engine;

import io.weir.barrier.Barrier;
import io.weir.engine.source.SourceEventLetter;
import io.weir.snapshot.OperatorId;

/** All that a task is told besides data. */
sealed interface Letter {

  /** Hands itself to the method for its kind. */
  void deliverTo(Receiver receiver) throws Exception;

  /** Opens letters, on the task's thread. */
  interface Receiver {
    void onTrigger(Barrier barrier);

    void onBarrierAnnounced(int channel, Barrier barrier, long position);

    void onCheckpointCompleted(long checkpointId) throws Exception;

    void onCheckpointAborted(long checkpointId) throws Exception;

    void onSourceEvent(OperatorId source, SourceEventLetter event) throws Exception;

    void onCancel();
  }

  /** Start a checkpoint here. */
  record Trigger(Barrier barrier) implements Letter {
    @Override
    public void deliverTo(Receiver receiver) {
      receiver.onTrigger(barrier);
    }
  }

  /** A barrier is queued in an input channel at this position. */
  record BarrierAnnounced(int channel, Barrier barrier, long position) implements Letter {
    @Override
    public void deliverTo(Receiver receiver) {
      receiver.onBarrierAnnounced(channel, barrier, position);
    }
  }

  /** The checkpoint is complete. */
  record CheckpointCompleted(long checkpointId) implements Letter {
    @Override
    public void deliverTo(Receiver receiver) throws Exception {
      receiver.onCheckpointCompleted(checkpointId);
    }
  }

  /** The checkpoint was given up. */
  record CheckpointAborted(long checkpointId) implements Letter {
    @Override
    public void deliverTo(Receiver receiver) throws Exception {
      receiver.onCheckpointAborted(checkpointId);
    }
  }

  /** The coordinator of a source says something to its reader. */
  record SourceEvent(OperatorId source, SourceEventLetter event) implements Letter {
    @Override
    public void deliverTo(Receiver receiver) throws Exception {
      receiver.onSourceEvent(source, event);
    }
  }

  /** Stop at once. */
  record Cancel() implements Letter {
    @Override
    public void deliverTo(Receiver receiver) {
      receiver.onCancel();
    }
  }
}
