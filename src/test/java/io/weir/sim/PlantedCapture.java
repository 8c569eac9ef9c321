package io.weir.sim;

import io.weir.snapshot.ChannelStateHandle;
import io.weir.snapshot.ChannelStateHandle.Segment;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.SubtaskState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Mistakes of a task that captures records in flight, made in what it acknowledges. */
final class PlantedCapture {
  private PlantedCapture() {}

  static Map<OperatorId, SubtaskState> in(Map<OperatorId, SubtaskState> state, World world) {
    if (world.has(PlantedBug.CAPTURED_RECORD_LOST)) {
      return changed(
          state,
          segments -> segments.stream().map(each -> withCount(each, each.count() - 1)).toList());
    }
    if (world.has(PlantedBug.CAPTURED_ONE_TOO_MANY)) {
      return changed(
          state,
          segments ->
              segments.stream().flatMap(each -> Stream.of(withCount(each, 1), each)).toList());
    }
    if (world.has(PlantedBug.CHANNELS_FORGOTTEN)) {
      return changed(state, segments -> segments.subList(0, 1));
    }
    return state;
  }

  private static Segment withCount(Segment segment, long count) {
    return new Segment(
        segment.edge(),
        segment.producer(),
        segment.subtask(),
        segment.mapping(),
        segment.records(),
        count,
        segment.offset(),
        segment.length(),
        segment.crc32c());
  }

  private static Map<OperatorId, SubtaskState> changed(
      Map<OperatorId, SubtaskState> state, UnaryOperator<List<Segment>> change) {
    Map<OperatorId, SubtaskState> changed = new LinkedHashMap<>();
    state.forEach(
        (operator, each) ->
            changed.put(
                operator,
                new SubtaskState(
                    each.keyed(),
                    each.operator(),
                    each.channels().stream()
                        .map(
                            handle ->
                                new ChannelStateHandle(
                                    handle.parallelism(),
                                    change.apply(handle.segments()),
                                    handle.data()))
                        .toList())));
    return changed;
  }
}
