package io.weir.job;

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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The numbers of a range; each reader emits some, waits until a checkpoint is complete, and goes on
 * with the next. So a job is always some checkpoints away from its end, without a clock. While its
 * gate is closed it comes to no end at all.
 *
 * @param gate its name
 */
record PacedSource(NumberSequenceSource numbers, int perCheckpoint, String gate)
    implements Source<Long, NumberSequenceSplit, List<NumberSequenceSplit>> {
  private static final long serialVersionUID = 1L;

  /** So many checkpoints' numbers pass a closed gate. */
  private static final int BEFORE_GATE = 2;

  private static final Set<String> CLOSED = ConcurrentHashMap.newKeySet();

  static PacedSource of(long count, int perCheckpoint) {
    return of(count, perCheckpoint, "always open");
  }

  static PacedSource of(long count, int perCheckpoint, String gate) {
    return new PacedSource(new NumberSequenceSource(1, count), perCheckpoint, gate);
  }

  static void close(String gate) {
    CLOSED.add(gate);
  }

  static void open(String gate) {
    CLOSED.remove(gate);
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, List<NumberSequenceSplit>> createEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> enumContext) throws Exception {
    return numbers.createEnumerator(enumContext);
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, List<NumberSequenceSplit>> restoreEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> enumContext, List<NumberSequenceSplit> checkpoint)
      throws Exception {
    return numbers.restoreEnumerator(enumContext, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
    return numbers.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<List<NumberSequenceSplit>> getEnumeratorCheckpointSerializer() {
    return numbers.getEnumeratorCheckpointSerializer();
  }

  @Override
  public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext readerContext)
      throws Exception {
    return new Reader(numbers.createReader(readerContext), perCheckpoint, gate);
  }

  @SuppressWarnings("try") // as the interface says
  private static final class Reader implements SourceReader<Long, NumberSequenceSplit> {
    private final SourceReader<Long, NumberSequenceSplit> reader;
    private final int perCheckpoint;
    private final String gate;
    private CompletableFuture<Void> nextCheckpoint = new CompletableFuture<>();
    private int left;
    private int beforeGate;

    Reader(SourceReader<Long, NumberSequenceSplit> reader, int perCheckpoint, String gate) {
      this.reader = reader;
      this.perCheckpoint = perCheckpoint;
      this.gate = gate;
      this.left = perCheckpoint;
      this.beforeGate = BEFORE_GATE * perCheckpoint;
    }

    private boolean waits() {
      return left == 0 || (beforeGate == 0 && CLOSED.contains(gate));
    }

    @Override
    public void start() {
      reader.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Long> output) throws Exception {
      if (waits()) {
        return InputStatus.NOTHING_AVAILABLE;
      }
      left--;
      beforeGate = Math.max(0, beforeGate - 1);
      return reader.pollNext(output);
    }

    @Override
    public List<NumberSequenceSplit> snapshotState(long checkpointId) {
      return reader.snapshotState(checkpointId);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return waits() ? nextCheckpoint : reader.isAvailable();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
      reader.notifyCheckpointComplete(checkpointId);
      left = perCheckpoint;
      nextCheckpoint.complete(null);
      nextCheckpoint = new CompletableFuture<>();
    }

    @Override
    public void addSplits(List<NumberSequenceSplit> splits) {
      reader.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
      reader.notifyNoMoreSplits();
    }

    @Override
    public void close() throws Exception {
      reader.close();
    }
  }
}
