package io.weir.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.functions.ReduceFunction;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.state.StateMigration;
import io.weir.api.state.StateTtlConfig;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateComparison;
import io.weir.snapshot.StateDescription;
import io.weir.state.heap.HeapStateBackendFactory;
import io.weir.state.rocksdb.RocksDBStateBackendFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the comparison of two descriptions says is what a backend does: for every pair of ways to
 * ask for a state, the first stored, the second asked for.
 */
class StateFitTest {
  private static final StateTtlConfig EXPIRING =
      StateTtlConfig.newBuilder(Duration.ofHours(1)).build();
  private static final ReduceFunction<Long> SUM = Long::sum;

  /** A way to ask for the state, always under the same name. */
  private enum Ask {
    INTS {
      @Override
      void of(KeyedStateBackend<?> backend, boolean fill) throws Exception {
        var state = backend.state(new ValueStateDescriptor<>("kept", Types.INT));
        if (fill) {
          state.update(7);
        }
      }
    },
    LONGS {
      @Override
      void of(KeyedStateBackend<?> backend, boolean fill) throws Exception {
        var state = backend.state(new ValueStateDescriptor<>("kept", Types.LONG));
        if (fill) {
          state.update(7L);
        }
      }
    },
    LONGS_THAT_EXPIRE {
      @Override
      void of(KeyedStateBackend<?> backend, boolean fill) throws Exception {
        ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("kept", Types.LONG);
        descriptor.enableTimeToLive(EXPIRING);
        var state = backend.state(descriptor);
        if (fill) {
          state.update(7L);
        }
      }
    },
    LONGS_IN_WINDOWS {
      @Override
      void of(KeyedStateBackend<?> backend, boolean fill) throws Exception {
        var state =
            backend.namespaced(new ValueStateDescriptor<>("kept", Types.LONG), Types.INT).in(3);
        if (fill) {
          state.update(7L);
        }
      }
    },
    TEXTS {
      @Override
      void of(KeyedStateBackend<?> backend, boolean fill) throws Exception {
        var state = backend.state(new ValueStateDescriptor<>("kept", Types.STRING));
        if (fill) {
          state.update("7");
        }
      }
    },
    LONGS_FROM_ANYTHING {
      @Override
      void of(KeyedStateBackend<?> backend, boolean fill) throws Exception {
        ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("kept", Types.LONG);
        descriptor.setMigration(StateMigration.fromTree(stored -> 1L));
        var state = backend.state(descriptor);
        if (fill) {
          state.update(7L);
        }
      }
    },
    LONGS_FROM_TEXTS {
      @Override
      void of(KeyedStateBackend<?> backend, boolean fill) throws Exception {
        ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("kept", Types.LONG);
        descriptor.setMigration(StateMigration.from(Types.STRING, Long::valueOf));
        var state = backend.state(descriptor);
        if (fill) {
          state.update(7L);
        }
      }
    },
    SUMS {
      @Override
      void of(KeyedStateBackend<?> backend, boolean fill) throws Exception {
        var state = backend.state(new ReducingStateDescriptor<>("kept", SUM, Types.LONG));
        if (fill) {
          state.add(7L);
        }
      }
    },
    LISTS {
      @Override
      void of(KeyedStateBackend<?> backend, boolean fill) throws Exception {
        var state = backend.state(new ListStateDescriptor<>("kept", Types.LONG));
        if (fill) {
          state.add(7L);
        }
      }
    },
    MAPS {
      @Override
      void of(KeyedStateBackend<?> backend, boolean fill) throws Exception {
        var state = backend.state(new MapStateDescriptor<>("kept", Types.STRING, Types.LONG));
        if (fill) {
          state.put("a", 7L);
        }
      }
    },
    MAPS_BY_NUMBER {
      @Override
      void of(KeyedStateBackend<?> backend, boolean fill) throws Exception {
        var state = backend.state(new MapStateDescriptor<>("kept", Types.INT, Types.LONG));
        if (fill) {
          state.put(1, 7L);
        }
      }
    },
    TIMERS {
      @Override
      void of(KeyedStateBackend<?> backend, boolean fill) {
        var timers = backend.timers("kept", Types.INT);
        if (fill) {
          timers.register(1, 7L);
        }
      }
    };

    abstract void of(KeyedStateBackend<?> backend, boolean fill) throws Exception;
  }

  @TempDir private Path directory;

  @Test
  void theHeapDoesWhatTheComparisonSays() throws Exception {
    try (BackendFixture fixture = new BackendFixture(new HeapStateBackendFactory())) {
      int refused = 0;
      for (Ask stored : Ask.values()) {
        KeyedStateHandle handle = stored(fixture, stored);
        for (Ask asked : Ask.values()) {
          refused += check(fixture, handle, asked, Types.STRING, Types.STRING) ? 0 : 1;
          check(fixture, handle, asked, Types.STRING, Types.LONG);
        }
      }
      assertThat(refused).as("both outcomes were seen").isBetween(60, 120);
    }
  }

  @Test
  void rocksDBDoesWhatTheComparisonSays() throws Exception {
    Configuration configuration =
        Configuration.fromMap(
            Map.of(
                "state.backend.rocksdb.memory.fixed-per-tm", "64 mb",
                "execution.checkpointing.incremental", "true"));
    try (RocksDBStateBackendFactory factory =
            new RocksDBStateBackendFactory(directory, ForkJoinPool.commonPool(), configuration);
        BackendFixture fixture = new BackendFixture(factory)) {
      for (Ask stored : List.of(Ask.INTS, Ask.TEXTS, Ask.MAPS)) {
        KeyedStateHandle handle = stored(fixture, stored);
        for (Ask asked : Ask.values()) {
          check(fixture, handle, asked, Types.STRING, Types.STRING);
        }
      }
    }
  }

  /** Otherwise it would depend on the data whether a changed job starts. */
  @Test
  void rocksDBRefusesAlsoWhatHasNoEntries() throws Exception {
    Configuration configuration =
        Configuration.fromMap(
            Map.of(
                "state.backend.rocksdb.memory.fixed-per-tm", "64 mb",
                "execution.checkpointing.incremental", "true"));
    try (RocksDBStateBackendFactory factory =
            new RocksDBStateBackendFactory(directory, ForkJoinPool.commonPool(), configuration);
        BackendFixture fixture = new BackendFixture(factory)) {
      KeyedStateBackend<String> backend = fixture.create(Types.STRING);
      backend.setCurrentKey("a");
      Ask.TEXTS.of(backend, /* fill= */ false);
      backend.state(new ValueStateDescriptor<>("other", Types.LONG)).update(1L);
      KeyedStateHandle handle = fixture.snapshot(backend);

      assertThat(check(fixture, handle, Ask.LONGS, Types.STRING, Types.STRING)).isFalse();
    }
  }

  private static KeyedStateHandle stored(BackendFixture fixture, Ask ask) throws Exception {
    KeyedStateBackend<String> backend = fixture.create(Types.STRING);
    backend.setCurrentKey("a");
    ask.of(backend, /* fill= */ true);
    return fixture.snapshot(backend);
  }

  /** Whether both say that it fits. */
  private static <K> boolean check(
      BackendFixture fixture,
      KeyedStateHandle handle,
      Ask asked,
      TypeInformation<?> storedKey,
      TypeInformation<K> key)
      throws Exception {
    StateDescription stored =
        handle.states().stream()
            .filter(each -> each.name().equals("kept"))
            .findFirst()
            .orElseThrow();
    AskedState current = described(fixture, asked, key);
    String predicted = StateComparison.compare(stored, current).refusal();
    Optional<String> actual = Optional.empty();
    try (KeyedStateBackend<K> restored = fixture.create(key, handle)) {
      asked.of(restored, /* fill= */ false);
    } catch (StateException e) {
      actual = Optional.of(e.getMessage());
    }
    assertThat(actual)
        .as("%s by %s asked for as %s by %s", stored, storedKey, asked, key)
        .isEqualTo(Optional.ofNullable(predicted).map(why -> "operator 'the operator': " + why));
    return predicted == null;
  }

  private static <K> AskedState described(BackendFixture fixture, Ask asked, TypeInformation<K> key)
      throws Exception {
    try (KeyedStateBackend<K> empty = fixture.create(key)) {
      asked.of(empty, /* fill= */ false);
      return empty.states().get(0);
    }
  }
}
