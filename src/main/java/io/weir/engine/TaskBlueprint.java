package io.weir.engine;

import io.weir.engine.output.RecordCounter;
import io.weir.engine.output.TaskOutputs;
import io.weir.engine.source.SourceOperator;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * How the operators of one task are to be built; done on the task's own thread, since it restores
 * their state.
 */
interface TaskBlueprint {

  /**
   * What was built.
   *
   * @param source the first operator if it is a source, else null
   */
  record Built(OperatorChain chain, SourceOperator<?, ?> source, InputChannels channels) {}

  /**
   * Builds the operators over their restored state. If it fails, everything is closed again.
   *
   * @param mayContinue whether long work may go on now
   */
  Built build(
      TaskOutputs outputs, RecordCounter counter, TaskTimers timers, BooleanSupplier mayContinue)
      throws IOException;
}
