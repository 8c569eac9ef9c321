package io.weir.engine.operator.function;

import io.weir.api.state.BroadcastState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.engine.operator.OperatorContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The broadcast states of one operator: those that were named when the stream was broadcast. */
final class BroadcastStates {
  private final Map<String, BroadcastState<?, ?>> states = new HashMap<>();

  BroadcastStates(OperatorContext context, List<MapStateDescriptor<?, ?>> descriptors)
      throws Exception {
    for (MapStateDescriptor<?, ?> descriptor : descriptors) {
      states.put(descriptor.getName(), context.operatorState().getBroadcastState(descriptor));
    }
  }

  @SuppressWarnings(
      "unchecked") // the state of this name was made with the types of a descriptor of this name
  <X, Y> BroadcastState<X, Y> get(MapStateDescriptor<X, Y> descriptor) {
    BroadcastState<?, ?> state = states.get(descriptor.getName());
    if (state == null) {
      throw new IllegalArgumentException(
          "There is no broadcast state '"
              + descriptor.getName()
              + "'; there are "
              + states.keySet()
              + ". Check the name, or pass the descriptor to DataStream.broadcast(...).");
    }
    return (BroadcastState<X, Y>) state;
  }
}
