package io.weir.bench.micro;

import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.engine.channel.RecordBatch;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.PendingSnapshot;
import io.weir.state.StateBackendFactory;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A value state with a value for each of many Long keys, and the keys of the records that come, at
 * random. The keys are objects already, as they are in records.
 */
final class KeyedValues implements AutoCloseable {
  /** Records of a batch; its keys are announced together. */
  static final int BATCH = RecordBatch.CAPACITY;

  private static final int KEY_GROUPS = 128;

  /** Keys that come; a power of two. */
  private static final int UPCOMING = 1 << 20;

  /** Values that are put; a power of two. */
  private static final int VALUES = 1 << 10;

  private final KeyedStateBackend<Long> backend;
  private final ValueState<Object> state;
  private final Object[] upcoming = new Object[UPCOMING];
  private final int[] keyGroups = new int[UPCOMING];
  private final Object[] values = new Object[VALUES];
  private int next;
  private long lastCheckpoint;

  /** Fills a new backend with keys from 0 on. */
  KeyedValues(StateBackendFactory factory, StoredType type, int keys) throws IOException {
    backend =
        factory.create(
            new KeyedBackendParameters<>(
                "benchmark",
                Types.LONG,
                KEY_GROUPS,
                new KeyGroupRange(0, KEY_GROUPS - 1),
                List.of(),
                new Discarding(),
                System::currentTimeMillis));
    state = backend.state(new ValueStateDescriptor<>("value", type.information()));
    for (long key = 0; key < keys; key++) {
      backend.setCurrentKey(key);
      state.update(type.value(key));
    }
    SplittableRandom random = new SplittableRandom(7);
    for (int place = 0; place < UPCOMING; place++) {
      Long key = (long) random.nextInt(keys);
      upcoming[place] = key;
      keyGroups[place] = KeyGroups.keyGroupOf(key, KEY_GROUPS);
    }
    for (int place = 0; place < VALUES; place++) {
      values[place] = type.value(place);
    }
  }

  private int nextKey() {
    int place = next++ & (UPCOMING - 1);
    backend.setCurrentKey((Long) upcoming[place], keyGroups[place]);
    return place;
  }

  /** The value of the next key. */
  Object get() throws IOException {
    nextKey();
    return state.value();
  }

  /** Gives the next key another value. */
  void put() throws IOException {
    state.update(values[nextKey() & (VALUES - 1)]);
  }

  /** Reads and writes back the values of the next batch of keys, announced together. */
  void readAndWriteBatch() throws IOException {
    int from = next & (UPCOMING - 1);
    backend.expect(upcoming, keyGroups, from, from + BATCH);
    for (int record = 0; record < BATCH; record++) {
      nextKey();
      state.update(state.value());
    }
  }

  /** The synchronous part of a checkpoint. */
  PendingSnapshot<KeyedStateHandle> snapshot() {
    return backend.snapshot(++lastCheckpoint, CheckpointType.CHECKPOINT);
  }

  /** A checkpoint from beginning to end, on this thread. */
  KeyedStateHandle checkpoint() throws IOException {
    KeyedStateHandle handle = snapshot().write(new Discarding());
    backend.checkpointCompleted(lastCheckpoint);
    return handle;
  }

  @Override
  public void close() {
    backend.close();
  }
}
