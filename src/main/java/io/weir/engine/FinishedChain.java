package io.weir.engine;

import io.weir.engine.operator.Input;
import io.weir.engine.output.RecordCounter;
import io.weir.engine.output.TaskOutputs;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Stands for operators that had finished before the checkpoint from which the job was restored:
 * nothing is processed, only the end of input is passed on.
 */
final class FinishedChain implements TaskBlueprint {
  private final List<InputChannels.InputChannel> inputChannels;

  FinishedChain(List<InputChannels.InputChannel> inputChannels) {
    this.inputChannels = inputChannels;
  }

  @Override
  public Built build(
      TaskOutputs outputs, RecordCounter counter, TaskTimers timers, BooleanSupplier mayContinue) {
    int inputs =
        inputChannels.stream().mapToInt(InputChannels.InputChannel::input).max().orElse(-1) + 1;
    return new Built(
        new OperatorChain(List.of(), Collections.nCopies(inputs, new NothingExpected())),
        null,
        new InputChannels(inputChannels));
  }

  /** The tasks in front have finished, too. */
  private static final class NothingExpected implements Input<Object> {
    @Override
    public void element(Object value, long timestamp) {
      throw new IllegalStateException(
          "a task that had finished before the checkpoint got a record: " + value);
    }

    @Override
    public void watermark(long timestamp) {}

    @Override
    public void idleness(boolean idle) {}
  }
}
