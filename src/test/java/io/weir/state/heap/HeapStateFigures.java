package io.weir.state.heap;

import io.weir.api.state.StateTtlConfig;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.snapshot.StateWriter;
import io.weir.state.BackendFixture;
import io.weir.state.KeyedStateBackend;
import io.weir.state.PendingSnapshot;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures the heap backend with Long keys and Long values: counts a second in and outside
 * snapshots, the synchronous part of a snapshot, and the longest time that a few counts take while
 * a snapshot is written. All but the synchronous part is the thread's processor time, so neither
 * garbage collection nor other work on the machine counts. Arguments: number of keys (default 1
 * million), number of rounds (default 5), {@code objects} for values that are stored as objects.
 */
public final class HeapStateFigures {
  private static final int KEY_GROUPS = 128;
  private static final int OPERATIONS = 20_000_000;
  private static final int BATCH = 64;
  private static final KeyGroupRange RANGE = new KeyGroupRange(0, KEY_GROUPS - 1);

  private final int keys;
  private final KeyedStateBackend<Long> backend;
  private final ValueState<Long> state;
  private final int[] sampleKeys = new int[1 << 20];
  private final short[] sampleGroups = new short[1 << 20];
  private int nextSample;

  private HeapStateFigures(int keys, boolean objects) throws Exception {
    this.keys = keys;
    backend =
        new BackendFixture(new HeapStateBackendFactory())
            .create(Types.LONG, KEY_GROUPS, RANGE, List.of());
    ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("count", Long.class);
    if (objects) {
      descriptor.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofDays(1)).build());
    }
    state = backend.state(descriptor);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < sampleKeys.length; i++) {
      sampleKeys[i] = random.nextInt(keys);
      sampleGroups[i] = (short) KeyGroups.keyGroupOf((long) sampleKeys[i], KEY_GROUPS);
    }
  }

  public static void main(String[] args) throws Exception {
    int keys = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    new HeapStateFigures(keys, args.length > 2).run(rounds);
  }

  private void run(int rounds) throws Exception {
    long start = System.nanoTime();
    for (long key = 0; key < keys; key++) {
      backend.setCurrentKey(key, KeyGroups.keyGroupOf(key, KEY_GROUPS));
      state.update(key);
    }
    print("fill: %.1f M writes/s", keys * 1e3 / (System.nanoTime() - start));
    ExecutorService writer = Executors.newSingleThreadExecutor();
    for (int round = 0; round < rounds; round++) {
      start = cpuNanos();
      for (int i = 0; i < OPERATIONS / BATCH; i++) {
        count();
      }
      print("read + write, no snapshot: %.1f M/s", OPERATIONS * 1e3 / (cpuNanos() - start));
      start = System.nanoTime();
      PendingSnapshot<KeyedStateHandle> pending =
          backend.snapshot(round, CheckpointType.CHECKPOINT);
      print("synchronous part: %.3f ms", (System.nanoTime() - start) / 1e6);
      start = System.nanoTime();
      Future<KeyedStateHandle> handle = writer.submit(() -> pending.write(new Discarding()));
      long batches = 0;
      long longest = 0;
      long cpuStart = cpuNanos();
      long before = cpuStart;
      while (!handle.isDone()) {
        count();
        batches++;
        long now = cpuNanos();
        longest = Math.max(longest, now - before);
        before = now;
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      print(
          "during the snapshot: %.1f M/s; written %.0f MB in %.2f s; longest %d operations: %.2f ms",
          batches * BATCH * 1e3 / (cpuNanos() - cpuStart),
          handle.get().sizeBytes() / 1e6,
          seconds,
          BATCH,
          longest / 1e6);
    }
    writer.shutdown();
  }

  private void count() throws Exception {
    for (int i = 0; i < BATCH; i++) {
      int sample = nextSample++ & (sampleKeys.length - 1);
      backend.setCurrentKey((long) sampleKeys[sample], sampleGroups[sample]);
      Long count = state.value();
      state.update(count == null ? 1L : count + 1);
    }
  }

  /** Time of this thread, so that other work on the machine does not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** Takes bytes and keeps none. */
  private static final class Discarding implements StateWriter {
    @Override
    public StateOutput createShared(Path source) {
      return create();
    }

    @Override
    public boolean mayRefer(StateHandle shared) {
      return true;
    }

    @Override
    public StateOutput create() {
      return new StateOutput() {
        private long position;

        @Override
        public void write(int value) {
          position++;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
          position += length;
        }

        @Override
        public long position() {
          return position;
        }

        @Override
        public StateHandle finish() {
          return new StateHandle.InFile("nowhere", position, 0);
        }

        @Override
        public void close() {}
      };
    }
  }
}
