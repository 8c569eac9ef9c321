package io.weir.state;

import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.KeyedStateHandle;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A backend does what collections of the JDK do, in thousands of random operations, while snapshots
 * are being written by another thread; and every snapshot restores to what was there when it was
 * taken.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class KeyedStateModelContract {
  private static final int OPERATIONS = 10_000;

  private ExecutorService writer;

  protected abstract StateBackendFactory factory();

  @BeforeEach
  void startWriter() {
    writer = Executors.newSingleThreadExecutor();
  }

  @AfterEach
  void stopWriter() {
    writer.shutdownNow();
  }

  private record Running<K>(Future<KeyedStateHandle> handle, Map<K, KeyModel> model) {}

  /** How many runs to make of each test. */
  protected int seeds() {
    return 10;
  }

  /** How many operations to do for each snapshot, on average. */
  protected int operationsPerSnapshot() {
    return 200;
  }

  LongStream numericSeeds() {
    return LongStream.rangeClosed(1, seeds());
  }

  LongStream otherSeeds() {
    return LongStream.rangeClosed(11, 10 + seeds());
  }

  @ParameterizedTest
  @MethodSource("numericSeeds")
  void aBackendWithNumericKeysEqualsItsModel(long seed) throws Exception {
    run(seed, Types.LONG, index -> (long) index - 20);
  }

  @ParameterizedTest
  @MethodSource("otherSeeds")
  void aBackendWithOtherKeysEqualsItsModel(long seed) throws Exception {
    run(seed, Types.STRING, index -> "key" + index);
  }

  private <K extends Comparable<K>> void run(
      long seed, TypeInformation<K> keyType, IntFunction<K> keys) throws Exception {
    Random random = new Random(seed);
    try (BackendFixture fixture = new BackendFixture(factory())) {
      run(random, fixture, keyType, keys);
    }
  }

  private <K extends Comparable<K>> void run(
      Random random, BackendFixture fixture, TypeInformation<K> keyType, IntFunction<K> keys)
      throws Exception {
    int keyCount = 5 << random.nextInt(7);
    ModelledBackend<K> live = new ModelledBackend<>(fixture.create(keyType), new TreeMap<>());
    ArrayDeque<Running<K>> running = new ArrayDeque<>();
    for (int operation = 0; operation < OPERATIONS; operation++) {
      live.randomOperation(keys.apply(random.nextInt(keyCount)), random);
      if (random.nextInt(operationsPerSnapshot()) == 0) {
        PendingSnapshot<KeyedStateHandle> pending =
            live.backend().snapshot(operation, CheckpointType.CHECKPOINT);
        if (random.nextInt(8) == 0) {
          pending.discard();
        } else {
          running.add(
              new Running<>(
                  writer.submit(() -> pending.write(fixture.storage())), live.copyOfModel()));
        }
      }
      if (running.size() > random.nextInt(4)) {
        Running<K> oldest = running.remove();
        ModelledBackend<K> restored = restore(fixture, keyType, oldest);
        boolean goOnWithIt = random.nextInt(10) == 0;
        restored.verify(!goOnWithIt);
        if (goOnWithIt) {
          live.verify(true);
          live.backend().close();
          live = restored;
          running.clear();
        } else {
          restored.backend().close();
        }
      }
    }
    live.verify(true);
  }

  private static <K extends Comparable<K>> ModelledBackend<K> restore(
      BackendFixture fixture, TypeInformation<K> keyType, Running<K> snapshot) throws Exception {
    KeyedStateHandle handle = snapshot.handle().get();
    KeyedStateBackend<K> backend =
        fixture.create(
            keyType,
            16,
            new io.weir.snapshot.KeyGroupRange(0, 15),
            handle == null ? List.of() : List.of(handle));
    return new ModelledBackend<>(backend, snapshot.model());
  }
}
