package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.history.OperatorRecord;
import io.weir.job.history.VertexRecord;
import io.weir.snapshot.OperatorSizes;
import io.weir.snapshot.StateSize;
import java.util.Comparator;

/** How large a checkpoint is at one operator, and what that consists of. */
final class OperatorSizesJson {
  private static final Comparator<StateSize> LARGEST_FIRST =
      Comparator.comparingLong(StateSize::fullBytes).reversed();

  private OperatorSizesJson() {}

  /**
   * Both sizes of the operator, of its states and of the rest. Records in flight are in both of
   * them, the coordinator's state is in the full size only.
   */
  static ObjectNode of(VertexRecord vertex, OperatorRecord operator) {
    OperatorSizes sizes = operator.sizes();
    ObjectNode answer =
        sized(
            Json.object()
                .put("id", operator.id().toString())
                .put("uid", operator.uid())
                .put("name", operator.name())
                .put("vertex", vertex.id().toString()),
            sizes.writtenBytes(),
            sizes.fullBytes());
    ArrayNode states = answer.putArray("states");
    sizes.states().stream()
        .sorted(LARGEST_FIRST)
        .forEach(
            state ->
                sized(
                    states.addObject().put("name", state.name()).put("kind", state.kind().name()),
                    state.writtenBytes(),
                    state.fullBytes()));
    sized(answer.putObject("other"), sizes.otherWrittenBytes(), sizes.otherFullBytes());
    return answer
        .put("in_flight_size", sizes.inFlightBytes())
        .put("coordinator_size", sizes.coordinatorBytes());
  }

  private static ObjectNode sized(ObjectNode node, long writtenBytes, long fullBytes) {
    return node.put("checkpointed_size", writtenBytes).put("state_size", fullBytes);
  }
}
