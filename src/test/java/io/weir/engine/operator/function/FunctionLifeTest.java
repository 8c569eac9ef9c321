package io.weir.engine.operator.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.functions.CheckpointListener;
import io.weir.api.functions.CheckpointedFunction;
import io.weir.api.functions.FunctionInitializationContext;
import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.api.functions.OpenContext;
import io.weir.api.functions.RichMapFunction;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.types.Types;
import io.weir.testkit.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionLifeTest {

  @Test
  void aFunctionIsInjectedThenRestoredThenOpened() throws Exception {
    Recording function = new Recording();
    OperatorHarness harness =
        OperatorHarness.of(new MapOperator<>(function, null))
            .withInjector(injected -> ((Recording) injected).calls.add("inject"))
            .open();
    harness.element("a");
    harness.snapshot(3);
    harness.completed(3);
    harness.finish();
    harness.close();
    assertThat(function.calls)
        .containsExactly(
            "inject",
            "initialize restored=false",
            "open",
            "map",
            "snapshot 3",
            "complete 3",
            "close");
  }

  @Test
  void operatorStateComesBack() throws Exception {
    OperatorHarness before = OperatorHarness.of(new MapOperator<>(new Recording(), null)).open();
    before.element("x").element("y");
    OperatorHarness.Image image = before.snapshot(8);

    Recording function = new Recording();
    OperatorHarness.restored(new MapOperator<>(function, null), image).open();
    assertThat(function.calls).contains("initialize restored=true");
    assertThat(function.seen).containsExactly("x", "y");
  }

  @Test
  void aFunctionThatFailsToOpenIsClosed() {
    Recording function = new Recording();
    function.failure = new IllegalStateException("no");
    OperatorHarness harness = OperatorHarness.of(new MapOperator<>(function, null));
    assertThatThrownBy(harness::open).isSameAs(function.failure);
    assertThatCloseIsCalledOnce(harness, function);
  }

  @Test
  void aFunctionThatWasNeverOpenedIsNotClosed() throws Exception {
    Recording function = new Recording();
    OperatorHarness.of(new MapOperator<>(function, null)).close();
    assertThat(function.calls).isEmpty();
  }

  private static void assertThatCloseIsCalledOnce(OperatorHarness harness, Recording function) {
    try {
      harness.close();
      harness.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    assertThat(function.calls).containsOnlyOnce("close");
  }

  private static final class Recording extends RichMapFunction<String, String>
      implements CheckpointedFunction, CheckpointListener {
    private static final long serialVersionUID = 1L;
    private final List<String> calls = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private transient ListState<String> state;
    private RuntimeException failure;

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      calls.add("initialize restored=" + context.isRestored());
      state =
          context
              .getOperatorStateStore()
              .getListState(new ListStateDescriptor<>("seen", Types.STRING));
      state.get().forEach(seen::add);
    }

    @Override
    public void open(OpenContext openContext) {
      calls.add("open");
      assertThat(getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks()).isEqualTo(1);
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public String map(String value) {
      calls.add("map");
      seen.add(value);
      return value;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
      calls.add("snapshot " + context.getCheckpointId());
      state.update(seen);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      calls.add("complete " + checkpointId);
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
