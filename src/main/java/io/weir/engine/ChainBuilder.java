package io.weir.engine;

import io.weir.api.connector.Source;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.TaskInfo;
import io.weir.api.graph.SourceTransformation;
import io.weir.api.metrics.MetricGroup;
import io.weir.api.types.OutputTag;
import io.weir.api.types.TypeInformation;
import io.weir.engine.channel.InFlightRestore;
import io.weir.engine.channel.Signal;
import io.weir.engine.operator.FunctionCopy;
import io.weir.engine.operator.Input;
import io.weir.engine.operator.OneInputOperator;
import io.weir.engine.operator.Output;
import io.weir.engine.operator.StreamOperator;
import io.weir.engine.operator.TwoInputOperator;
import io.weir.engine.output.ChainedOutput;
import io.weir.engine.output.OperatorOutput;
import io.weir.engine.output.RecordCopying;
import io.weir.engine.output.RecordCounter;
import io.weir.engine.output.TaskOutputs;
import io.weir.engine.source.SourceOperator;
import io.weir.plan.ChainLink;
import io.weir.plan.PlannedOperator;
import io.weir.plan.PlannedVertex;
import io.weir.serial.Serializer;
import io.weir.snapshot.ChannelStateHandle;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.SubtaskState;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.OperatorStateBackend;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Builds the operator chain of one subtask of a vertex, last operator first, so that each finds its
 * outputs ready.
 */
final class ChainBuilder implements TaskBlueprint {

  /** One edge output that an operator of the chain feeds. */
  record EdgeEnd(int operator, OutputTag<?> sideOutput, Output<?> output) {}

  private final TaskAttempt attempt;
  private final PlannedVertex vertex;
  private final TaskEnvironment environment;
  private final Map<OperatorId, SubtaskState> restored;
  private final OptionalLong restoredCheckpointId;
  private final List<EdgeEnd> edges;
  private final List<InputChannels.InputChannel> inputChannels;
  private final TaskInfo taskInfo;
  private final Signal signal;
  private final MetricGroup metrics;

  ChainBuilder(
      TaskAttempt attempt,
      PlannedVertex vertex,
      TaskEnvironment environment,
      Map<OperatorId, SubtaskState> restored,
      OptionalLong restoredCheckpointId,
      List<EdgeEnd> edges,
      List<InputChannels.InputChannel> inputChannels,
      TaskInfo taskInfo,
      Signal signal,
      MetricGroup metrics) {
    this.attempt = attempt;
    this.vertex = vertex;
    this.environment = environment;
    this.restored = restored;
    this.restoredCheckpointId = restoredCheckpointId;
    this.edges = edges;
    this.inputChannels = inputChannels;
    this.taskInfo = taskInfo;
    this.signal = signal;
    this.metrics = metrics;
  }

  @Override
  public Built build(
      TaskOutputs outputs, RecordCounter counter, TaskTimers timers, BooleanSupplier mayContinue)
      throws IOException {
    OperatorContextOfTask.Shared shared =
        new OperatorContextOfTask.Shared(
            environment, taskInfo, timers, restoredCheckpointId, mayContinue);
    int size = vertex.operators().size();
    ChainedOperator[] chain = new ChainedOperator[size];
    try {
      for (int index = size - 1; index >= 0; index--) {
        chain[index] = build(index, chain, counter, shared);
      }
      restoreInFlight(restored.getOrDefault(vertex.head().id(), SubtaskState.EMPTY).channels());
    } catch (IOException | RuntimeException e) {
      for (ChainedOperator built : chain) {
        if (built != null && built.keyedState() != null) {
          built.keyedState().close();
        }
      }
      throw e;
    }
    StreamOperator head = chain[0].operator();
    return new Built(
        new OperatorChain(List.of(chain), inputsOf(head)),
        head instanceof SourceOperator<?, ?> source ? source : null,
        new InputChannels(inputChannels));
  }

  private void restoreInFlight(List<ChannelStateHandle> handles) throws IOException {
    if (!handles.isEmpty()) {
      new InFlightRestore(
              inputChannels.stream()
                  .filter(channel -> channel.origin() != null)
                  .map(channel -> new InFlightRestore.Target(channel.channel(), channel.origin()))
                  .toList(),
              taskInfo.getIndexOfThisSubtask(),
              vertex.parallelism(),
              vertex.maxParallelism(),
              vertex.head().name())
          .restore(handles, environment.reader());
    }
  }

  private ChainedOperator build(
      int index,
      ChainedOperator[] chain,
      RecordCounter counter,
      OperatorContextOfTask.Shared shared)
      throws IOException {
    PlannedOperator planned = vertex.operators().get(index);
    SubtaskState state = restored.getOrDefault(planned.id(), SubtaskState.EMPTY);
    OperatorStateBackend operatorState =
        new OperatorStateBackend(planned.name(), state.operator(), environment.reader());
    KeyedStateBackend<?> keyedState = keyedState(planned, state);
    OperatorOutput<?> output = output(index, planned, chain, counter);
    return new ChainedOperator(
        planned.id(),
        planned.name(),
        operator(planned),
        new OperatorContextOfTask(
            shared,
            planned.name(),
            output,
            operatorState,
            keyedState,
            metrics.addGroup(planned.name())),
        operatorState,
        keyedState);
  }

  private StreamOperator operator(PlannedOperator planned) {
    if (planned.transformation() instanceof SourceTransformation<?> source) {
      return sourceOperator(planned, source);
    }
    return environment.operators().create(planned);
  }

  private <T> SourceOperator<T, ?> sourceOperator(
      PlannedOperator planned, SourceTransformation<T> source) {
    SourceCode<T> copy =
        FunctionCopy.of(
            new SourceCode<>(source.source(), source.watermarkStrategy()), planned.name());
    return new SourceOperator<>(
        copy.source(),
        copy.watermarks(),
        request -> environment.listener().sourceRequest(attempt, planned.id(), request),
        signal::raise);
  }

  private KeyedStateBackend<?> keyedState(PlannedOperator planned, SubtaskState state)
      throws IOException {
    TypeInformation<?> keyType = KeyTypeOf.transformation(planned.transformation());
    return keyType == null ? null : keyedState(planned, state, keyType);
  }

  private <K> KeyedStateBackend<K> keyedState(
      PlannedOperator planned, SubtaskState state, TypeInformation<K> keyType) throws IOException {
    return environment
        .stateBackend()
        .create(
            new KeyedBackendParameters<>(
                planned.name(),
                keyType,
                planned.maxParallelism(),
                KeyGroups.rangeOf(
                    attempt.task().subtask(), planned.maxParallelism(), planned.parallelism()),
                state.keyed(),
                environment.reader(),
                environment.clock()::nowMillis));
  }

  private OperatorOutput<?> output(
      int index, PlannedOperator planned, ChainedOperator[] chain, RecordCounter counter) {
    List<Output<?>> main = new ArrayList<>();
    Map<OutputTag<?>, List<Output<?>>> side = new LinkedHashMap<>();
    for (ChainLink link : planned.chained()) {
      ChainedOperator next = chain[link.target()];
      TypeInformation<?> type =
          link.sideOutput() == null
              ? planned.transformation().outputType()
              : link.sideOutput().getTypeInfo();
      add(main, side, link.sideOutput(), chainedOutput(next, type));
    }
    for (EdgeEnd edge : edges) {
      if (edge.operator == index) {
        add(main, side, edge.sideOutput, edge.output);
      }
    }
    return new OperatorOutput<>(main, side, counter);
  }

  private static void add(
      List<Output<?>> main,
      Map<OutputTag<?>, List<Output<?>>> side,
      OutputTag<?> tag,
      Output<?> output) {
    if (tag == null) {
      main.add(output);
    } else {
      side.computeIfAbsent(tag, unused -> new ArrayList<>()).add(output);
    }
  }

  /** Chained operators have one input: Flink's rule, which the plan follows. */
  @SuppressWarnings("unchecked")
  private <T> ChainedOutput<T> chainedOutput(ChainedOperator next, TypeInformation<?> type) {
    Serializer<T> copier =
        environment.settings().objectReuse() ? null : (Serializer<T>) RecordCopying.copierOf(type);
    return new ChainedOutput<>((OneInputOperator<T>) next.operator(), next.name(), copier);
  }

  private static List<Input<?>> inputsOf(StreamOperator head) {
    if (head instanceof OneInputOperator<?> one) {
      return List.of(one);
    }
    if (head instanceof TwoInputOperator<?, ?> two) {
      return List.of(two.first(), two.second());
    }
    return List.of();
  }

  /** All code of the author that a source runs in a task; copied as a whole. */
  private record SourceCode<T>(Source<T, ?, ?> source, WatermarkStrategy<T> watermarks)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
