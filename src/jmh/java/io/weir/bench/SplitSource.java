package io.weir.bench;

import io.weir.api.connector.Boundedness;
import io.weir.api.connector.InputStatus;
import io.weir.api.connector.ReaderOutput;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Source;
import io.weir.api.connector.SourceReader;
import io.weir.api.connector.SourceReaderContext;
import io.weir.api.connector.SourceSplit;
import io.weir.api.connector.SplitEnumerator;
import io.weir.api.connector.SplitEnumeratorContext;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import peers.SourceLogic;
import peers.Spec;

/**
 * The benchmark's source: one split a reader, whose position is its state.
 *
 * @param <T> type of the records
 */
final class SplitSource<T> implements Source<T, SplitSource.Split, Integer> {
  private static final long serialVersionUID = 1L;

  private final Spec spec;
  private final RecordMaker<T> maker;

  /**
   * @param maker what a record is made of at the position that the split has reached
   */
  SplitSource(Spec spec, RecordMaker<T> maker) {
    this.spec = spec;
    this.maker = maker;
  }

  /** Makes one record. */
  interface RecordMaker<T> extends java.io.Serializable {
    T make(SourceLogic position);
  }

  /** Where a split is. */
  record Split(int number, long index) implements SourceSplit {
    @Override
    public String splitId() {
      return Integer.toString(number);
    }
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<Split, Integer> createEnumerator(SplitEnumeratorContext<Split> context) {
    return new Enumerator(context, 0);
  }

  @Override
  public SplitEnumerator<Split, Integer> restoreEnumerator(
      SplitEnumeratorContext<Split> context, Integer assigned) {
    return new Enumerator(context, assigned);
  }

  @Override
  public SourceReader<T, Split> createReader(SourceReaderContext context) {
    return new Reader<>(spec, maker);
  }

  @Override
  public SimpleVersionedSerializer<Split> getSplitSerializer() {
    return new SimpleVersionedSerializer<>() {
      @Override
      public int getVersion() {
        return 1;
      }

      @Override
      public byte[] serialize(Split split) {
        return ByteBuffer.allocate(12).putInt(split.number()).putLong(split.index()).array();
      }

      @Override
      public Split deserialize(int version, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Split(buffer.getInt(), buffer.getLong());
      }
    };
  }

  @Override
  public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
    return new SimpleVersionedSerializer<>() {
      @Override
      public int getVersion() {
        return 1;
      }

      @Override
      public byte[] serialize(Integer assigned) {
        return ByteBuffer.allocate(4).putInt(assigned).array();
      }

      @Override
      public Integer deserialize(int version, byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt();
      }
    };
  }

  /** Gives each reader its split; {@code assigned} has a bit for each. */
  private static final class Enumerator implements SplitEnumerator<Split, Integer> {
    private final SplitEnumeratorContext<Split> context;
    private final Queue<Split> back = new ArrayDeque<>();
    private int assigned;

    Enumerator(SplitEnumeratorContext<Split> context, int assigned) {
      this.context = context;
      this.assigned = assigned;
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void addSplitsBack(List<Split> splits, int subtask) {
      back.addAll(splits);
    }

    @Override
    public void addReader(int subtask) {
      Split returned = back.poll();
      if (returned != null) {
        context.assignSplit(returned, subtask);
      } else if ((assigned & (1 << subtask)) == 0) {
        assigned |= 1 << subtask;
        context.assignSplit(new Split(subtask, 0), subtask);
      }
    }

    @Override
    public Integer snapshotState(long checkpointId) {
      return assigned;
    }

    @Override
    public void close() {}
  }

  private static final class Reader<T> implements SourceReader<T, Split> {
    private final Spec spec;
    private final RecordMaker<T> maker;
    private final CompletableFuture<Void> assigned = new CompletableFuture<>();
    private SourceLogic position;

    /** Whether records have been emitted since the last time that nothing was due. */
    private boolean hasEmitted;

    Reader(Spec spec, RecordMaker<T> maker) {
      this.spec = spec;
      this.maker = maker;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) {
      if (position == null) {
        return InputStatus.NOTHING_AVAILABLE;
      }
      int status = position.advance();
      if (status == SourceLogic.READY) {
        output.collect(maker.make(position));
        hasEmitted = true;
        return InputStatus.MORE_AVAILABLE;
      }
      if (status == SourceLogic.END) {
        return InputStatus.END_OF_INPUT;
      }
      // nothing is due yet; as the bare loop does, hand over what there is, then wait as all do
      if (hasEmitted) {
        hasEmitted = false;
      } else {
        LockSupport.parkNanos(SourceLogic.IDLE_PARK_NANOS);
      }
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<Split> snapshotState(long checkpointId) {
      return position == null ? List.of() : List.of(new Split(position.split, position.index));
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return assigned;
    }

    @Override
    public void addSplits(List<Split> splits) {
      Split split = splits.get(0);
      position = new SourceLogic(spec, split.number(), split.index());
      assigned.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }
}
