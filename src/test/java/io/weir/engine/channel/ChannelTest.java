package io.weir.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.barrier.Barrier;
import io.weir.barrier.CheckpointOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChannelTest {
  private final Channel channel = new Channel(new Signal(), new Signal());

  @Test
  void recordsComeOutInTheOrderInWhichTheyWentIn() {
    for (long i = 0; i < 1_000; i++) {
      channel.emit(i, i * 2);
    }
    channel.flush();
    List<Object> out = drain();
    assertThat(out).hasSize(1_000);
    for (int i = 0; i < 1_000; i++) {
      assertThat(out.get(i)).isEqualTo(i + "@" + i * 2);
    }
  }

  @Test
  void anEventNeverOvertakesARecordNorIsOvertaken() {
    channel.emit("a", 1);
    channel.emitEvent(barrier(7));
    channel.emit("b", 2);
    channel.emitEvent(new ChannelEvent.Watermark(3));
    assertThat(drain()).containsExactly("a@1", barrier(7), "b@2", new ChannelEvent.Watermark(3));
  }

  @Test
  void aBatchIsHandedOverWhenItIsFull() {
    for (int i = 0; i < RecordBatch.CAPACITY - 1; i++) {
      channel.emit(i, 0);
    }
    assertThat(channel.isEmpty()).isTrue();
    channel.emit(RecordBatch.CAPACITY - 1, 0);
    assertThat(channel.isEmpty()).isFalse();
    assertThat(drain()).hasSize(RecordBatch.CAPACITY);
  }

  @Test
  void evenTheFirstBatchIsFullWithAsManyAsTheChannelBeginsWith() {
    Channel begun = new Channel(new Signal(), new Signal(), 3);
    for (int i = 0; i < 6; i++) {
      begun.emit(i, 0);
    }
    assertThat(begun.queuedItems()).isEqualTo(2);
    assertThat(((RecordBatch) begun.poll()).size()).isEqualTo(3);
    assertThat(((RecordBatch) begun.poll()).size()).isEqualTo(3);
  }

  @Test
  void anIdleConsumerGetsAnUnfinishedBatch() {
    channel.emit("a", 1);
    channel.flushIfConsumerIsIdle();
    assertThat(channel.poll()).isInstanceOf(RecordBatch.class);
  }

  @Test
  void aBusyConsumerIsNotGivenAnUnfinishedBatch() {
    channel.emit("a", 1);
    channel.flush();
    channel.emit("b", 2);
    channel.flushIfConsumerIsIdle();
    assertThat(((RecordBatch) channel.poll()).size()).isEqualTo(1);
    assertThat(channel.poll()).isNull();
    channel.flushIfConsumerIsIdle();
    assertThat(((RecordBatch) channel.poll()).value(0)).isEqualTo("b");
  }

  @Test
  void aFullRingSaysSoAndHasRoomAgainOnceSomethingIsPolled() {
    for (int i = 1; i < Channel.CAPACITY_ITEMS; i++) {
      assertThat(channel.emitEvent(new ChannelEvent.Watermark(i))).isTrue();
      assertThat(channel.hasRoom()).isTrue();
    }
    channel.emitEvent(new ChannelEvent.Watermark(99));
    assertThat(channel.hasRoom()).isFalse();
    assertThat(channel.fillRatio()).isEqualTo(1.0);
    channel.poll();
    assertThat(channel.hasRoom()).isTrue();
  }

  @Test
  void whatDoesNotFitIsKeptInOrderUntilItDoes() {
    int events = 3 * Channel.CAPACITY_ITEMS;
    for (int i = 0; i < events; i++) {
      channel.emitEvent(new ChannelEvent.Watermark(i));
    }
    assertThat(channel.hasRoom()).isFalse();
    List<Object> out = drain();
    assertThat(out).hasSize(events);
    for (int i = 0; i < events; i++) {
      assertThat(out.get(i)).isEqualTo(new ChannelEvent.Watermark(i));
    }
    assertThat(channel.hasRoom()).isTrue();
  }

  @Test
  void batchesComeBackEmptyAndAreUsedAgain() {
    Set<RecordBatch> batches = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int round = 0; round < 1_000; round++) {
      channel.emit("x", round);
      channel.flush();
      RecordBatch batch = (RecordBatch) channel.poll();
      assertThat(batch.size()).isEqualTo(1);
      assertThat(batch.timestamp(0)).isEqualTo(round);
      batches.add(batch);
      channel.recycle(batch);
      assertThat(batch.value(0)).as("a record is not held longer than needed").isNull();
    }
    assertThat(batches.size()).isLessThanOrEqualTo(3);
  }

  /** Against a list, for random sequences of all operations. */
  @Test
  void aChannelIsAQueue() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Channel tried = new Channel(new Signal(), new Signal());
      List<Object> expected = new ArrayList<>();
      List<Object> actual = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        switch (random.nextInt(6)) {
          case 0, 1, 2 -> {
            tried.emit(i, -i);
            expected.add(i + "@" + -i);
          }
          case 3 -> {
            tried.emitEvent(new ChannelEvent.Watermark(i));
            expected.add(new ChannelEvent.Watermark(i));
          }
          case 4 -> tried.flushIfConsumerIsIdle();
          default -> take(tried, actual);
        }
        tried.hasRoom();
      }
      tried.flush();
      drain(tried, actual);
      assertThat(actual).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static ChannelEvent barrier(long id) {
    return new ChannelEvent.CheckpointBarrier(
        new Barrier(id, 0, CheckpointOptions.alignedCheckpoint()), 0);
  }

  private List<Object> drain() {
    List<Object> out = new ArrayList<>();
    drain(channel, out);
    return out;
  }

  private static void drain(Channel from, List<Object> out) {
    do {
      from.hasRoom();
    } while (take(from, out));
  }

  private static boolean take(Channel from, List<Object> out) {
    ChannelItem item = from.poll();
    if (item instanceof RecordBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        out.add(batch.value(i) + "@" + batch.timestamp(i));
      }
      from.recycle(batch);
    } else if (item != null) {
      out.add(item);
    }
    return item != null;
  }
}
