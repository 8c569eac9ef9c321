package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.snapshot.OperatorId;
import io.weir.snapshot.StateWriter;
import io.weir.state.MemoryStateStorage;
import io.weir.state.PendingSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskSnapshotTest {
  private final List<String> calls = new ArrayList<>();

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

    assertThatThrownBy(() -> snapshot.write(new MemoryStateStorage())).hasMessage("no more space");
    snapshot.discard();

    assertThat(calls)
        .containsExactly(
            "write operator 1", "write keyed 1", "discard operator 2", "discard keyed 2");
  }

  @Test
  void whenOperatorStateCannotBeWritten_thenKeyedStateIsDiscarded() {
    TaskSnapshot snapshot = new TaskSnapshot();
    snapshot.add(new OperatorId(0, 1), part("keyed", false), part("operator", true));

    assertThatThrownBy(() -> snapshot.write(new MemoryStateStorage())).hasMessage("no more space");
    snapshot.discard();

    assertThat(calls).containsExactly("write operator", "discard keyed");
  }
}
