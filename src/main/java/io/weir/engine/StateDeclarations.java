package io.weir.engine;

import io.weir.api.functions.JobInfo;
import io.weir.api.graph.SourceTransformation;
import io.weir.api.types.TypeInformation;
import io.weir.engine.channel.InFlightEdge;
import io.weir.engine.operator.OperatorFactory;
import io.weir.engine.operator.StreamOperator;
import io.weir.engine.source.SourceOperator;
import io.weir.plan.JobPlan;
import io.weir.plan.PlannedEdge;
import io.weir.plan.PlannedOperator;
import io.weir.plan.PlannedVertex;
import io.weir.restore.DeclaredStates;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.OperatorId;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedStateBackend;
import io.weir.state.OperatorStateBackend;
import io.weir.state.StateException;
import io.weir.state.heap.HeapStateBackendFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds out which states the operators of a job will ask for, before it runs. What the engine's own
 * operators keep, they say by themselves. A function of the author asks for its states when it is
 * opened, and opening may do anything else, too: it is opened only if the caller wants that, once,
 * in surroundings that keep nothing, and closed again. Sources and sinks are never opened; all that
 * they keep is the engine's.
 */
public final class StateDeclarations {
  private static final String NOT_OPENED =
      "The operator's function asks for its states when it opens, and has not been opened for this"
          + " report.";

  private final JobPlan plan;
  private final JobInfo job;
  private final Clock clock;
  private final OperatorFactory operators;
  private final Consumer<Object> injector;
  private final TaskSettings settings;

  /**
   * Asks nobody yet.
   *
   * @param injector gives a function's fields what they ask the surroundings for
   */
  public StateDeclarations(
      JobPlan plan,
      JobInfo job,
      Clock clock,
      OperatorFactory operators,
      Consumer<Object> injector,
      TaskSettings settings) {
    this.plan = plan;
    this.job = job;
    this.clock = clock;
    this.operators = operators;
    this.injector = injector;
    this.settings = settings;
  }

  /**
   * Asks all operators.
   *
   * @param openFunctions whether functions of the author are opened
   */
  public Map<OperatorId, DeclaredStates> all(boolean openFunctions) throws IOException {
    Map<OperatorId, DeclaredStates> all = new HashMap<>();
    for (PlannedVertex vertex : plan.vertices()) {
      for (PlannedOperator operator : vertex.operators()) {
        all.put(operator.id(), of(vertex, operator, openFunctions));
      }
    }
    return all;
  }

  private DeclaredStates of(PlannedVertex vertex, PlannedOperator planned, boolean openFunctions)
      throws IOException {
    OperatorStateBackend operatorState = new OperatorStateBackend(planned.name(), List.of(), null);
    if (planned.transformation() instanceof SourceTransformation<?>) {
      operatorState.getListState(SourceOperator.SPLITS);
      return DeclaredStates.all(operatorState.states());
    }
    StreamOperator operator = operators.create(planned);
    List<AskedState> inFlight = planned.equals(vertex.head()) ? inFlight(vertex) : List.of();
    if (operator.opensFunction() && !openFunctions) {
      return new DeclaredStates(inFlight, NOT_OPENED, null);
    }
    try (KeyedStateBackend<?> keyedState = keyedState(planned)) {
      DeclaringContext context =
          new DeclaringContext(
              planned.name(),
              new SubtaskInfo(
                  vertex.name(),
                  0,
                  vertex.parallelism(),
                  vertex.maxParallelism(),
                  /* attempt= */ 0),
              job,
              clock,
              operatorState,
              keyedState,
              operator.opensFunction() ? injector : function -> {},
              settings);
      Opening opening = open(operator, context);
      List<AskedState> states = new ArrayList<>(inFlight);
      states.addAll(operatorState.states());
      if (keyedState != null) {
        states.addAll(keyedState.states());
      }
      return new DeclaredStates(states, opening.failure, opening.refusal);
    }
  }

  /** How it went; both are null if it went well. */
  private record Opening(String failure, String refusal) {}

  @SuppressWarnings("IllegalCatch") // the author's code may throw anything
  private static Opening open(StreamOperator operator, DeclaringContext context) {
    try {
      try {
        operator.initialize(context);
        if (operator.opensFunction()) {
          operator.open();
        }
      } finally {
        operator.close();
      }
      return new Opening(null, null);
    } catch (StateException e) {
      return new Opening(null, e.getMessage());
    } catch (Exception e) {
      return new Opening(
          "Opening the function of operator '"
              + context.operatorName()
              + "' has failed, so it may not have asked for all its states: "
              + e,
          null);
    }
  }

  private static KeyedStateBackend<?> keyedState(PlannedOperator planned) throws IOException {
    TypeInformation<?> keyType = KeyTypeOf.transformation(planned.transformation());
    return keyType == null ? null : keyedState(planned, keyType);
  }

  private static <K> KeyedStateBackend<K> keyedState(
      PlannedOperator planned, TypeInformation<K> keyType) throws IOException {
    return new HeapStateBackendFactory()
        .create(
            new KeyedBackendParameters<>(
                planned.name(),
                keyType,
                planned.maxParallelism(),
                KeyGroups.rangeOf(0, planned.maxParallelism(), planned.parallelism()),
                List.of(),
                null,
                () -> 0));
  }

  /** The records that may be in flight to a vertex. */
  private List<AskedState> inFlight(PlannedVertex vertex) {
    List<AskedState> records = new ArrayList<>();
    List<PlannedEdge> edges = plan.edgesInto(vertex.id());
    for (int place = 0; place < edges.size(); place++) {
      PlannedEdge edge = edges.get(place);
      if (edge.supportsUnaligned()) {
        records.add(InFlightEdge.asked(place, edge.type()));
      }
    }
    return records;
  }
}
