package io.weir.engine.source;

import io.weir.api.connector.SourceEvent;

/** What a source's reader tells its coordinator. */
public sealed interface SourceRequest {

  /** Hands itself to the method for its kind. */
  void dispatchTo(int subtask, Receiver receiver);

  /** Takes requests; implemented by the coordinator. */
  interface Receiver {
    void onReaderRegistered(int subtask);

    void onSplitRequest(int subtask);

    void onReaderEvent(int subtask, SourceEvent event);
  }

  /** The reader is there. */
  record ReaderRegistered() implements SourceRequest {
    @Override
    public void dispatchTo(int subtask, Receiver receiver) {
      receiver.onReaderRegistered(subtask);
    }
  }

  /** The reader asks for one more split. */
  record SplitRequest() implements SourceRequest {
    @Override
    public void dispatchTo(int subtask, Receiver receiver) {
      receiver.onSplitRequest(subtask);
    }
  }

  /** The reader says something of its own. */
  record ReaderEvent(SourceEvent event) implements SourceRequest {
    @Override
    public void dispatchTo(int subtask, Receiver receiver) {
      receiver.onReaderEvent(subtask, event);
    }
  }
}
