package io.weir.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.graph.Partitioning;
import io.weir.api.types.Types;
import io.weir.barrier.Barrier;
import io.weir.barrier.CheckpointOptions;
import io.weir.snapshot.ChannelStateHandle;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.RescaleMapping;
import io.weir.state.MemoryStateStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Capture of records in flight, and what a restore makes of them. */
class InFlightTest {
  private static final OperatorId PRODUCER = new OperatorId(1, 2);
  private static final int MAX_PARALLELISM = 128;

  private final MemoryStateStorage storage = new MemoryStateStorage();

  private static InFlightEdge edge(Partitioning partitioning, RescaleMapping mapping) {
    return new InFlightEdge(0, PRODUCER, partitioning, mapping, Types.LONG);
  }

  private static Channel channel() {
    return new Channel(new Signal(), new Signal());
  }

  private static List<Long> drain(Channel channel) {
    List<Long> values = new ArrayList<>();
    for (ChannelItem item = channel.poll(); item != null; item = channel.poll()) {
      if (item instanceof RecordBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
          Long value = (Long) batch.value(i);
          assertThat(batch.timestamp(i)).isEqualTo(value == null ? 7 : -value);
          values.add(value);
        }
        channel.recycle(batch);
      }
    }
    return values;
  }

  private static long emit(Channel channel, LongStream values) {
    values.forEach(value -> channel.emit(value, -value));
    return channel.emitBarrier(new Barrier(1, 0, CheckpointOptions.alignedCheckpoint()));
  }

  /** What is queued in front of the barrier. */
  private ChannelStateHandle capture(
      InFlightEdge edge, int parallelism, List<Channel> channels, List<Long> positions)
      throws IOException {
    InFlightCapture capture = new InFlightCapture();
    for (int i = 0; i < channels.size(); i++) {
      int channel = i;
      capture.start(channel, new InFlightEdge.Origin(edge, channel));
      channels
          .get(channel)
          .forEachInFrontOf(positions.get(i), item -> capture.queued(channel, item));
      capture.end(channel);
    }
    return capture.snapshot(parallelism).write(storage);
  }

  private List<Long> restore(
      InFlightEdge edge, int subtask, int parallelism, List<ChannelStateHandle> handles)
      throws IOException {
    List<InFlightRestore.Target> targets = new ArrayList<>();
    for (int producer = 0; producer < 3; producer++) {
      targets.add(new InFlightRestore.Target(channel(), new InFlightEdge.Origin(edge, producer)));
    }
    new InFlightRestore(targets, subtask, parallelism, MAX_PARALLELISM, "map")
        .restore(handles, storage);
    List<Long> values = new ArrayList<>();
    targets.forEach(target -> values.addAll(drain(target.channel())));
    return values;
  }

  @Test
  void whatIsInFrontOfTheBarrierIsShownAndStaysInItsPlace() throws IOException {
    Channel channel = channel();
    InFlightEdge edge = edge(new Partitioning.Rebalance(), RescaleMapping.ROUND_ROBIN);
    long position = emit(channel, LongStream.range(0, 1_000));
    channel.emit(1_000L, -1_000L);
    channel.flush();

    ChannelStateHandle handle = capture(edge, 1, List.of(channel), List.of(position));

    assertThat(handle.count()).isEqualTo(1_000);
    assertThat(drain(channel)).isEqualTo(LongStream.rangeClosed(0, 1_000).boxed().toList());
    assertThat(restore(edge, 0, 1, List.of(handle)))
        .isEqualTo(LongStream.range(0, 1_000).boxed().toList());
  }

  @Test
  void whatAnEarlierBarrierHasShownIsShownAgain() throws IOException {
    Channel channel = channel();
    InFlightEdge edge = edge(new Partitioning.Rebalance(), RescaleMapping.ROUND_ROBIN);
    long first = emit(channel, LongStream.range(0, 100));
    assertThat(capture(edge, 1, List.of(channel), List.of(first)).count()).isEqualTo(100);
    long second = emit(channel, LongStream.range(100, 150));
    assertThat(capture(edge, 1, List.of(channel), List.of(second)).count()).isEqualTo(150);
    assertThat(drain(channel)).isEqualTo(LongStream.range(0, 150).boxed().toList());
  }

  @Test
  void aChannelThatHasBeenLookedThroughIsAsFullAsBefore() throws IOException {
    Channel channel = channel();
    InFlightEdge edge = edge(new Partitioning.Rebalance(), RescaleMapping.ROUND_ROBIN);
    long position =
        emit(channel, LongStream.range(0, Channel.CAPACITY_ITEMS * RecordBatch.CAPACITY));
    assertThat(channel.hasRoom()).isFalse();
    assertThat(capture(edge, 1, List.of(channel), List.of(position))).isNotNull();
    assertThat(channel.hasRoom()).as("the memory of a checkpoint is bounded").isFalse();
    assertThat(drain(channel)).hasSize(Channel.CAPACITY_ITEMS * RecordBatch.CAPACITY);
    assertThat(channel.hasRoom()).isTrue();
  }

  @Test
  void nothingInFlightIsNoState() throws IOException {
    Channel channel = channel();
    InFlightEdge edge = edge(new Partitioning.Rebalance(), RescaleMapping.ROUND_ROBIN);
    long position = emit(channel, LongStream.empty());
    assertThat(capture(edge, 1, List.of(channel), List.of(position))).isNull();
  }

  @Test
  void aRecordThatIsNullIsRestoredAsSuch() throws IOException {
    Channel channel = channel();
    InFlightEdge edge = edge(new Partitioning.Rebalance(), RescaleMapping.ROUND_ROBIN);
    channel.emit(null, 7);
    long position = emit(channel, LongStream.of(5));
    ChannelStateHandle handle = capture(edge, 1, List.of(channel), List.of(position));
    assertThat(restore(edge, 0, 1, List.of(handle))).containsExactly(null, 5L);
  }

  @Test
  void recordsStayWithTheirProducer() throws IOException {
    InFlightEdge edge = edge(new Partitioning.Rebalance(), RescaleMapping.ROUND_ROBIN);
    List<Channel> channels = List.of(channel(), channel(), channel());
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      positions.add(emit(channels.get(i), LongStream.range(100L * i, 100L * i + 50)));
    }
    ChannelStateHandle handle = capture(edge, 1, channels, positions);
    assertThat(handle.segments())
        .extracting(ChannelStateHandle.Segment::subtask)
        .containsExactly(0, 1, 2);
    assertThat(restore(edge, 0, 1, List.of(handle)))
        .isEqualTo(LongStream.range(0, 300).filter(value -> value % 100 < 50).boxed().toList());
  }

  /** Behind keyBy and a custom partitioner each new subtask takes its own records. */
  @Test
  void afterARescaleEachRecordIsInTheSubtaskThatOwnsItOnce() throws IOException {
    for (InFlightEdge edge :
        List.of(
            edge(new Partitioning.Hash<Long, Long>(n -> n, Types.LONG), RescaleMapping.RANGE),
            edge(
                new Partitioning.Custom<Long, Long>((key, count) -> (int) (key % count), n -> n),
                RescaleMapping.FULL))) {
      Channel channel = channel();
      long position = emit(channel, LongStream.range(0, 1_000));
      ChannelStateHandle handle = capture(edge, 1, List.of(channel), List.of(position));
      for (int parallelism = 2; parallelism < 8; parallelism++) {
        List<Long> all = new ArrayList<>();
        for (int subtask = 0; subtask < parallelism; subtask++) {
          List<Long> restored = restore(edge, subtask, parallelism, List.of(handle));
          for (long value : restored) {
            assertThat(owner(edge, value, parallelism)).isEqualTo(subtask);
          }
          all.addAll(restored);
        }
        assertThat(all)
            .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 1_000).boxed().toList());
      }
    }
  }

  private static int owner(InFlightEdge edge, long value, int parallelism) {
    return edge.mapping() == RescaleMapping.FULL
        ? (int) (value % parallelism)
        : KeyGroups.subtaskOf(
            KeyGroups.keyGroupOf(value, MAX_PARALLELISM), MAX_PARALLELISM, parallelism);
  }

  @Test
  void aSegmentWithAnotherChecksumIsRefused() throws IOException {
    InFlightEdge edge = edge(new Partitioning.Rebalance(), RescaleMapping.ROUND_ROBIN);
    Channel channel = channel();
    long position = emit(channel, LongStream.range(0, 10));
    ChannelStateHandle handle = capture(edge, 1, List.of(channel), List.of(position));
    ChannelStateHandle.Segment right = handle.segments().get(0);
    for (ChannelStateHandle.Segment wrong :
        List.of(
            segment(right, right.length(), right.crc32c() + 1),
            segment(right, right.length() - 1, right.crc32c()),
            segment(right, right.length() + 1, right.crc32c()))) {
      assertThatThrownBy(
              () ->
                  restore(
                      edge,
                      0,
                      1,
                      List.of(new ChannelStateHandle(1, List.of(wrong), handle.data()))))
          .isInstanceOf(CorruptStateException.class)
          .hasMessageContaining("map");
    }
  }

  private static ChannelStateHandle.Segment segment(
      ChannelStateHandle.Segment of, long length, int crc32c) {
    return new ChannelStateHandle.Segment(
        of.edge(),
        of.producer(),
        of.subtask(),
        of.mapping(),
        of.records(),
        of.count(),
        of.offset(),
        length,
        crc32c);
  }
}
