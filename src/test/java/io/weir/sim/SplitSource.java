package io.weir.sim;

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
import io.weir.api.connector.SplitsAssignment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntUnaryOperator;

/**
 * A finite source of records that a formula gives, in several splits, at a pace that the scheduler
 * chooses. Times ascend within a split.
 *
 * @param handsOutOnDemand whether readers ask for one split after the other; else each gets its
 *     share at the beginning, so that no record is late
 */
record SplitSource(int source, long seed, List<Integer> lengths, int keys, boolean handsOutOnDemand)
    implements Source<Event, SplitSource.Split, List<SplitSource.Split>> {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_PAUSE_MILLIS = 60;
  private static final int MAX_AT_ONCE = 5;
  private static final int TIME_PER_RECORD = 10;
  private static final int VALUES = 100;

  /** Where a reader is in a split. */
  record Split(int index, int position) implements SourceSplit {
    @Override
    public String splitId() {
      return "split-" + index;
    }
  }

  /** A record, by formula. */
  Event event(int split, int position) {
    Random random = new Random(seed * 1_000_003 + split * 10_007L + position);
    random.nextInt();
    long time = (long) position * TIME_PER_RECORD + random.nextInt(TIME_PER_RECORD);
    return new Event(random.nextInt(keys), time, 1 + random.nextInt(VALUES));
  }

  /** All records, without the engine. */
  List<Event> all() {
    return upTo(lengths::get);
  }

  /** The records in front of a checkpoint, without the engine. */
  List<Event> inFrontOf(long checkpointId, Cuts cuts) {
    return upTo(split -> cuts.of(checkpointId, source, split, lengths.get(split)));
  }

  private List<Event> upTo(IntUnaryOperator ends) {
    List<Event> events = new ArrayList<>();
    for (int split = 0; split < lengths.size(); split++) {
      for (int position = 0; position < ends.applyAsInt(split); position++) {
        events.add(event(split, position));
      }
    }
    return events;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<Event, Split> createReader(SourceReaderContext readerContext) {
    return new Reader(readerContext);
  }

  @Override
  public SplitEnumerator<Split, List<Split>> createEnumerator(
      SplitEnumeratorContext<Split> enumContext) {
    List<Split> splits = new ArrayList<>();
    for (int split = 0; split < lengths.size(); split++) {
      splits.add(new Split(split, 0));
    }
    return new Enumerator(enumContext, splits);
  }

  @Override
  public SplitEnumerator<Split, List<Split>> restoreEnumerator(
      SplitEnumeratorContext<Split> enumContext, List<Split> checkpoint) {
    return new Enumerator(enumContext, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<Split> getSplitSerializer() {
    return new Serialization<>(
        split -> ByteBuffer.allocate(8).putInt(split.index).putInt(split.position).array(),
        bytes -> new Split(bytes.getInt(), bytes.getInt()));
  }

  @Override
  public SimpleVersionedSerializer<List<Split>> getEnumeratorCheckpointSerializer() {
    return new Serialization<>(
        splits -> {
          ByteBuffer bytes = ByteBuffer.allocate(8 * splits.size());
          splits.forEach(split -> bytes.putInt(split.index).putInt(split.position));
          return bytes.array();
        },
        bytes -> {
          List<Split> splits = new ArrayList<>();
          while (bytes.hasRemaining()) {
            splits.add(new Split(bytes.getInt(), bytes.getInt()));
          }
          return splits;
        });
  }

  private final class Enumerator implements SplitEnumerator<Split, List<Split>> {
    private final SplitEnumeratorContext<Split> context;
    private final List<Split> left;
    private final List<Split> handedOut = new ArrayList<>();

    Enumerator(SplitEnumeratorContext<Split> context, List<Split> splits) {
      this.context = context;
      this.left = new ArrayList<>(splits);
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
      if (left.isEmpty()) {
        context.signalNoMoreSplits(subtaskId);
      } else {
        Split split = left.remove(0);
        handedOut.add(split);
        context.assignSplit(split, subtaskId);
      }
    }

    @Override
    public void addSplitsBack(List<Split> splits, int subtaskId) {
      World world = World.here();
      if (world.has(PlantedBug.ALL_SPLITS_TAKEN_BACK)) {
        left.addAll(handedOut);
      } else if (!world.has(PlantedBug.SPLITS_NOT_TAKEN_BACK)) {
        left.addAll(splits);
      }
    }

    @Override
    public void addReader(int subtaskId) {
      if (handsOutOnDemand) {
        return;
      }
      List<Split> share = new ArrayList<>(left);
      share.removeIf(split -> split.index % context.currentParallelism() != subtaskId);
      left.removeAll(share);
      handedOut.addAll(share);
      context.assignSplits(new SplitsAssignment<>(Map.of(subtaskId, share)));
      context.signalNoMoreSplits(subtaskId);
    }

    @Override
    public List<Split> snapshotState(long checkpointId) {
      World.here().mayFail(FaultKind.ENUMERATOR_SNAPSHOT, "enumerator of source " + source);
      List<Split> state = new ArrayList<>(left);
      state.forEach(split -> World.here().cuts().note(checkpointId, source, split));
      if (World.here().has(PlantedBug.SPLITS_HANDED_OUT_TWICE)) {
        state.addAll(handedOut);
      }
      return state;
    }

    @Override
    public void close() {}
  }

  private final class Reader implements SourceReader<Event, Split> {
    private final SourceReaderContext context;
    private final Map<Integer, Integer> positions = new TreeMap<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private boolean noMoreSplits;
    private boolean asked;
    private int burst;

    Reader(SourceReaderContext context) {
      this.context = context;
    }

    @Override
    public void start() {
      World.here().mayFail(FaultKind.RESTORE, "reader of source " + source);
      askIfNeeded();
    }

    private void askIfNeeded() {
      if (handsOutOnDemand && !asked && !noMoreSplits && positions.isEmpty()) {
        asked = true;
        context.sendSplitRequest();
      }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Event> output) {
      World world = World.here();
      world.mayFail(FaultKind.PROCESS, "reader of source " + source);
      if (positions.isEmpty()) {
        askIfNeeded();
        available = new CompletableFuture<>();
        return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
      }
      if (burst == 0) {
        burst = 1 + world.random().nextInt(MAX_AT_ONCE);
        pause(world.random().nextInt(LONGEST_PAUSE_MILLIS));
        return InputStatus.NOTHING_AVAILABLE;
      }
      burst--;
      List<Integer> splits = List.copyOf(positions.keySet());
      int split = splits.get(world.random().nextInt(splits.size()));
      int position = positions.get(split);
      String id = new Split(split, position).splitId();
      if (position == lengths.get(split)) {
        positions.remove(split);
        output.releaseOutputForSplit(id);
        return InputStatus.MORE_AVAILABLE;
      }
      Event event = event(split, position);
      output.createOutputForSplit(id).collect(event, event.time());
      positions.put(split, position + 1);
      return InputStatus.MORE_AVAILABLE;
    }

    private void pause(int millis) {
      CompletableFuture<Void> pause = new CompletableFuture<>();
      available = pause;
      if (millis == 0) {
        pause.complete(null);
      } else {
        context
            .getProcessingTimeService()
            .registerTimer(
                context.getProcessingTimeService().getCurrentProcessingTime() + millis,
                time -> pause.complete(null));
      }
    }

    @Override
    public List<Split> snapshotState(long checkpointId) {
      World world = World.here();
      int shift =
          world.has(PlantedBug.POSITION_TOO_FAR)
              ? 1
              : world.has(PlantedBug.POSITION_BEHIND) ? -1 : 0;
      List<Split> splits = new ArrayList<>();
      positions.forEach(
          (split, position) -> {
            world.cuts().note(checkpointId, source, new Split(split, position));
            splits.add(
                new Split(split, Math.max(0, Math.min(lengths.get(split), position + shift))));
          });
      return splits;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return available;
    }

    @Override
    public void addSplits(List<Split> splits) {
      asked = false;
      splits.forEach(split -> positions.put(split.index, split.position));
      available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
      noMoreSplits = true;
      available.complete(null);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      World.here().mayFail(FaultKind.NOTIFY, "reader of source " + source);
    }

    @Override
    public void close() {}
  }
}
