package io.weir.state.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.Compression;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.snapshot.StateWriter;
import io.weir.state.BackendFixture;
import io.weir.state.KeyedStateBackend;
import io.weir.state.PendingSnapshot;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two snapshots of a job whose storage lets one be written at a time. */
class WritingTurnsTest {
  private static final long PATIENCE_SECONDS = 60;

  private final WritingTurns turns = new WritingTurns(1, Long.MAX_VALUE);
  private final BackendFixture fixture = fixture(turns);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void whenTheFilesAreLocal_thenASnapshotWaitsUntilAnotherOneIsWritten() throws Exception {
    CountDownLatch mayWrite = new CountDownLatch(1);
    Future<KeyedStateHandle> first = write(new Hooked(true, () -> await(mayWrite)));
    awaitThat(() -> turns.free() == 0);
    Future<KeyedStateHandle> second = write(new Hooked(true, () -> mayWrite.getCount() == 0));
    awaitThat(() -> turns.waiting() == 1);

    mayWrite.countDown();

    assertThat(first.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
    assertThat(second.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
    assertThat(turns.free()).isEqualTo(1);
  }

  @Test
  void whenTheWriterWaitsForOtherMachines_thenNoSnapshotWaitsForAnother() throws Exception {
    CountDownLatch bothWrite = new CountDownLatch(2);
    Callable<Boolean> untilBothWrite =
        () -> {
          bothWrite.countDown();
          return await(bothWrite);
        };

    Future<KeyedStateHandle> first = write(new Hooked(false, untilBothWrite));
    Future<KeyedStateHandle> second = write(new Hooked(false, untilBothWrite));

    assertThat(first.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
    assertThat(second.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void whenItTakesTooLong_thenASnapshotDoesNotWaitForItsTurn() throws Exception {
    WritingTurns impatient = new WritingTurns(1, 0);
    assertThat(impatient.begin(new Hooked(true, () -> true))).isTrue();

    assertThat(pending(fixture(impatient)).write(new Hooked(true, () -> true))).isNotNull();

    assertThat(impatient.free()).isZero();
  }

  @Test
  void aSnapshotThatFailsEndsItsTurn() throws Exception {
    Future<KeyedStateHandle> failing = write(new Hooked(true, () -> false));

    assertThatThrownBy(() -> failing.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("refused");
    assertThat(write(new Hooked(true, () -> true)).get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .isNotNull();
  }

  @Test
  void aSnapshotThatIsCancelledGivesItsTurnUp() throws Exception {
    StateWriter writer = new Hooked(true, () -> true);
    assertThat(turns.begin(writer)).isTrue();
    CountDownLatch cancelled = new CountDownLatch(1);
    Future<?> waiting =
        threads.submit(
            () -> {
              assertThatThrownBy(() -> pending().write(writer))
                  .isInstanceOf(InterruptedIOException.class);
              assertThat(Thread.interrupted()).isTrue();
              cancelled.countDown();
            });
    awaitThat(() -> turns.waiting() == 1);

    waiting.cancel(true);

    assertThat(cancelled.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    turns.end();
    assertThat(write(writer).get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
  }

  private Future<KeyedStateHandle> write(StateWriter writer) throws Exception {
    PendingSnapshot<KeyedStateHandle> pending = pending();
    return threads.submit(() -> pending.write(writer));
  }

  /** Of a backend of its own: another subtask's. */
  private PendingSnapshot<KeyedStateHandle> pending() throws Exception {
    return pending(fixture);
  }

  private static PendingSnapshot<KeyedStateHandle> pending(BackendFixture fixture)
      throws Exception {
    KeyedStateBackend<Long> backend = fixture.create(Types.LONG);
    ValueState<String> state = backend.state(new ValueStateDescriptor<>("value", Types.STRING));
    for (long key = 0; key < 100; key++) {
      backend.setCurrentKey(key);
      state.update("a");
    }
    return backend.snapshot(1, CheckpointType.CHECKPOINT);
  }

  private static BackendFixture fixture(WritingTurns turns) {
    return new BackendFixture(new HeapStateBackendFactory(Compression.NONE, turns));
  }

  private static boolean await(CountDownLatch latch) throws InterruptedException {
    return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static void awaitThat(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.call()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /** Asks before it writes anything. */
  private final class Hooked implements StateWriter {
    private final boolean local;
    private final Callable<Boolean> mayWrite;

    Hooked(boolean local, Callable<Boolean> mayWrite) {
      this.local = local;
      this.mayWrite = mayWrite;
    }

    @Override
    public boolean isLocal() {
      return local;
    }

    @Override
    public StateOutput create() {
      StateOutput output = fixture.storage().create();
      return new StateOutput() {
        @Override
        public long position() {
          return output.position();
        }

        @Override
        public void write(int value) throws IOException {
          output.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          try {
            if (!mayWrite.call()) {
              throw new IOException("refused");
            }
          } catch (IOException e) {
            throw e;
          } catch (Exception e) {
            throw new IOException(e);
          }
          output.write(bytes, offset, length);
        }

        @Override
        public StateHandle finish() throws IOException {
          return output.finish();
        }

        @Override
        public void close() throws IOException {
          output.close();
        }
      };
    }

    @Override
    public StateOutput createShared(Path source) {
      return create();
    }

    @Override
    public boolean mayRefer(StateHandle shared) {
      return false;
    }
  }
}
