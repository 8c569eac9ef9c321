package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.Compression;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorSizes;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.StateOutput;
import io.weir.snapshot.StateSize;
import io.weir.snapshot.StateWriter;
import io.weir.state.MemoryStateStorage;
import io.weir.state.PendingSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskSnapshotTest {
  private final List<String> calls = new ArrayList<>();
  private final Clock clock = new ManualClock();

  private <H> PendingSnapshot<H> part(String name, boolean fails) {
    return new PendingSnapshot<>() {
      @Override
      public H write(StateWriter writer) throws IOException {
        calls.add("write " + name);
        if (fails) {
          throw new IOException("no more space");
        }
        return null;
      }

      @Override
      public void discard() {
        calls.add("discard " + name);
      }
    };
  }

  @Test
  void whenAPartCannotBeWritten_thenOnlyThoseBehindItAreDiscarded() {
    TaskSnapshot snapshot = new TaskSnapshot();
    snapshot.add(new OperatorId(0, 1), part("keyed 1", true), part("operator 1", false));
    snapshot.add(new OperatorId(0, 2), part("keyed 2", false), part("operator 2", false));

    assertThatThrownBy(() -> snapshot.write(new MemoryStateStorage(), clock))
        .hasMessage("no more space");
    snapshot.discard();

    assertThat(calls)
        .containsExactly(
            "write operator 1", "write keyed 1", "discard operator 2", "discard keyed 2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsWrittenKnowsWhetherItsFilesAreLocal(boolean isLocal) throws IOException {
    TaskSnapshot snapshot = new TaskSnapshot();
    snapshot.add(
        new OperatorId(0, 1),
        new PendingSnapshot<>() {
          @Override
          public KeyedStateHandle write(StateWriter writer) {
            calls.add("local: " + writer.isLocal());
            return null;
          }

          @Override
          public void discard() {}
        },
        part("operator", false));

    TaskSnapshot.Written unused = snapshot.write(new Nowhere(isLocal), clock);

    assertThat(calls).containsExactly("write operator", "local: " + isLocal);
  }

  /** Takes nothing. */
  private record Nowhere(boolean isLocal) implements StateWriter {
    @Override
    public StateOutput create() {
      throw new UnsupportedOperationException();
    }

    @Override
    public StateOutput createShared(Path source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean mayRefer(StateHandle shared) {
      return false;
    }
  }

  /** Writes some bytes, of which some are of one state. */
  private static <H> PendingSnapshot<H> sized(
      H handle, StateDescription state, int bytes, int ofState, int known) {
    return new PendingSnapshot<>() {
      @Override
      public H write(StateWriter writer) throws IOException {
        try (StateOutput out = writer.create()) {
          out.write(new byte[bytes]);
          StateHandle unused = out.finish();
        }
        writer.stateWritten(state, ofState, ofState);
        writer.stateWritten(state, 0, known);
        return handle;
      }

      @Override
      public void discard() {}
    };
  }

  @Test
  void eachOperatorHasTheSizesOfWhatItHasWritten() throws Exception {
    StateDescription list = new StateDescription("list", StateKind.OPERATOR_LIST, Map.of());
    StateDescription value = new StateDescription("list", StateKind.VALUE, Map.of());
    OperatorStateHandle operator =
        new OperatorStateHandle(List.of(), new StateHandle.Inline(new byte[10]));
    KeyedStateHandle keyed =
        new CanonicalKeyedState(
            new KeyGroupRange(0, 0),
            List.of(value),
            new long[1],
            Compression.NONE,
            new StateHandle.Inline(new byte[120]));
    TaskSnapshot snapshot = new TaskSnapshot();
    snapshot.add(
        new OperatorId(0, 1), sized(keyed, value, 70, 65, 50), sized(operator, list, 10, 10, 0));
    snapshot.add(new OperatorId(0, 2), part("keyed", false), part("operator", false));
    snapshot.add(new OperatorId(0, 3), part("keyed", false), sized(operator, list, 10, 10, 0));

    Map<OperatorId, OperatorSizes> sizes = snapshot.write(new MemoryStateStorage(), clock).sizes();

    assertThat(sizes)
        .containsOnly(
            Map.entry(
                new OperatorId(0, 1),
                new OperatorSizes(
                    80,
                    130,
                    0,
                    0,
                    List.of(
                        new StateSize("list", StateKind.OPERATOR_LIST, 10, 10),
                        new StateSize("list", StateKind.VALUE, 65, 115)))),
            Map.entry(
                new OperatorId(0, 3),
                new OperatorSizes(
                    10,
                    10,
                    0,
                    0,
                    List.of(new StateSize("list", StateKind.OPERATOR_LIST, 10, 10)))));
    assertThat(sizes.get(new OperatorId(0, 1)).otherWrittenBytes()).isEqualTo(5);
    assertThat(sizes.get(new OperatorId(0, 1)).otherFullBytes()).isEqualTo(5);
  }

  @Test
  void whenOperatorStateCannotBeWritten_thenKeyedStateIsDiscarded() {
    TaskSnapshot snapshot = new TaskSnapshot();
    snapshot.add(new OperatorId(0, 1), part("keyed", false), part("operator", true));

    assertThatThrownBy(() -> snapshot.write(new MemoryStateStorage(), clock))
        .hasMessage("no more space");
    snapshot.discard();

    assertThat(calls).containsExactly("write operator", "discard keyed");
  }
}
