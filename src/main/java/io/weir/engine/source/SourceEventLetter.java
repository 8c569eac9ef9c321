package io.weir.engine.source;

import io.weir.api.connector.SourceEvent;
import io.weir.api.connector.SourceSplit;
import java.util.List;

/** What a source's coordinator tells one of its readers. */
public sealed interface SourceEventLetter {

  /** Hands itself to the method for its kind. */
  void dispatchTo(Receiver receiver);

  /** Takes letters; implemented by the source operator. */
  interface Receiver {
    void onSplits(List<? extends SourceSplit> splits);

    void onNoMoreSplits();

    void onCoordinatorEvent(SourceEvent event);
  }

  /** More splits to read. */
  record Splits(List<? extends SourceSplit> splits) implements SourceEventLetter {
    public Splits {
      splits = List.copyOf(splits);
    }

    @Override
    public void dispatchTo(Receiver receiver) {
      receiver.onSplits(splits);
    }
  }

  /** No split will follow. */
  record NoMoreSplits() implements SourceEventLetter {
    @Override
    public void dispatchTo(Receiver receiver) {
      receiver.onNoMoreSplits();
    }
  }

  /** Something that only this source understands. */
  record CoordinatorEvent(SourceEvent event) implements SourceEventLetter {
    @Override
    public void dispatchTo(Receiver receiver) {
      receiver.onCoordinatorEvent(event);
    }
  }
}
