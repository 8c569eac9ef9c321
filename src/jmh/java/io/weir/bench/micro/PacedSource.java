package io.weir.bench.micro;

import io.weir.api.connector.Boundedness;
import io.weir.api.connector.InputStatus;
import io.weir.api.connector.ReaderOutput;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Source;
import io.weir.api.connector.SourceReader;
import io.weir.api.connector.SourceReaderContext;
import io.weir.api.connector.SplitEnumerator;
import io.weir.api.connector.SplitEnumeratorContext;
import io.weir.api.connector.lib.NumberSequenceSource;
import io.weir.api.connector.lib.NumberSequenceSource.NumberSequenceSplit;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Emits so many records behind every barrier, always the same object, and needs no splits. */
final class PacedSource implements Source<String, NumberSequenceSplit, List<NumberSequenceSplit>> {
  private static final long serialVersionUID = 1L;
  private static final String VALUE = "a record";

  private final int recordsBetweenBarriers;

  PacedSource(int recordsBetweenBarriers) {
    this.recordsBetweenBarriers = recordsBetweenBarriers;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<String, NumberSequenceSplit> createReader(SourceReaderContext context) {
    return new Reader(recordsBetweenBarriers);
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, List<NumberSequenceSplit>> createEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> context) {
    throw new UnsupportedOperationException("the benchmark has no coordinator");
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, List<NumberSequenceSplit>> restoreEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> context, List<NumberSequenceSplit> checkpoint) {
    throw new UnsupportedOperationException("the benchmark has no coordinator");
  }

  @Override
  public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
    return new NumberSequenceSource(0, 1).getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<List<NumberSequenceSplit>> getEnumeratorCheckpointSerializer() {
    return new NumberSequenceSource(0, 1).getEnumeratorCheckpointSerializer();
  }

  private static final class Reader implements SourceReader<String, NumberSequenceSplit> {
    private final int recordsBetweenBarriers;
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private int left;

    Reader(int recordsBetweenBarriers) {
      this.recordsBetweenBarriers = recordsBetweenBarriers;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<String> output) {
      if (left == 0) {
        return InputStatus.NOTHING_AVAILABLE;
      }
      left--;
      output.collect(VALUE);
      if (left > 0) {
        return InputStatus.MORE_AVAILABLE;
      }
      available = new CompletableFuture<>();
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<NumberSequenceSplit> snapshotState(long checkpointId) {
      left += recordsBetweenBarriers;
      if (left > 0) {
        available.complete(null);
      }
      return List.of();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return available;
    }

    @Override
    public void addSplits(List<NumberSequenceSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }
}
