package io.weir.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.config.ExecutionOptions;
import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.Compression;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import io.weir.state.heap.HeapStateBackendFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotCompressionTest {
  private static final ValueStateDescriptor<String> TEXT =
      new ValueStateDescriptor<>("text", Types.STRING);
  private static final int KEYS = 2_000;

  private final BackendFixture fixture = new BackendFixture(factory(true));

  private static StateBackendFactory factory(boolean compresses) {
    return new HeapStateBackendFactory()
        .configured(new Configuration().set(ExecutionOptions.SNAPSHOT_COMPRESSION, compresses));
  }

  private static CanonicalKeyedState snapshot(BackendFixture fixture) throws Exception {
    KeyedStateBackend<Long> backend = fixture.create(Types.LONG);
    for (long key = 0; key < KEYS; key++) {
      backend.setCurrentKey(key);
      backend.state(TEXT).update("the text of key " + key);
    }
    return fixture.canonical(backend);
  }

  @Test
  void aSnapshotIsCompressedIfTheJobSaysSo() throws Exception {
    CanonicalKeyedState plain = snapshot(new BackendFixture(factory(false)));
    CanonicalKeyedState compressed = snapshot(fixture);
    assertThat(plain.compression()).isEqualTo(Compression.NONE);
    assertThat(compressed.compression()).isEqualTo(Compression.LZ4);
    assertThat(compressed.sizeBytes()).isLessThan(plain.sizeBytes() / 2);
    assertThat(compressed.sizeBytes())
        .as("the size is that of what is stored")
        .isEqualTo(fixture.storage().bytes(compressed.data()).length);
  }

  @Test
  void eachKeyGroupIsReadWithoutTheOthers() throws Exception {
    CanonicalKeyedState compressed = snapshot(fixture);
    byte[] stored = fixture.storage().bytes(compressed.data());
    int begin = (int) compressed.offsets()[5];
    int end = (int) compressed.offsets()[6];
    // all others are no LZ4 any more, so that they cannot have been decompressed
    byte[] only = new byte[stored.length];
    System.arraycopy(stored, begin, only, begin, end - begin);
    CanonicalKeyedState rest =
        new CanonicalKeyedState(
            compressed.range(),
            compressed.states(),
            compressed.offsets(),
            compressed.compression(),
            fixture.storage().put(only));

    KeyedStateBackend<Long> restored =
        fixture.create(Types.LONG, 16, new KeyGroupRange(5, 5), List.of(rest));

    int found = 0;
    for (long key = 0; key < KEYS; key++) {
      if (KeyGroups.keyGroupOf(key, 16) == 5) {
        restored.setCurrentKey(key);
        assertThat(restored.state(TEXT).value()).isEqualTo("the text of key " + key);
        found++;
      }
    }
    assertThat(found).isPositive();
    assertThatThrownBy(() -> fixture.create(Types.LONG, 16, new KeyGroupRange(4, 5), List.of(rest)))
        .isInstanceOf(CorruptStateException.class)
        .hasMessageContaining("key group 4");
  }
}
