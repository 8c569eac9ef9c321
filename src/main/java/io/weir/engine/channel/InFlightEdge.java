package io.weir.engine.channel;

import io.weir.api.graph.Partitioning;
import io.weir.api.types.TypeInformation;
import io.weir.serial.Serializer;
import io.weir.serial.Serializers;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.RescaleMapping;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
import java.util.Map;

/**
 * An edge on which barriers may overtake records.
 *
 * @param place among the edges into the consumer
 * @param producer the operator that sends the records
 * @param mapping what becomes of records in flight when the parallelism changes
 * @param type of the records
 * @param serializer of that type
 */
public record InFlightEdge(
    int place,
    OperatorId producer,
    Partitioning partitioning,
    RescaleMapping mapping,
    TypeInformation<?> type,
    Serializer<?> serializer) {

  /** An edge whose records are of this type. */
  public InFlightEdge(
      int place,
      OperatorId producer,
      Partitioning partitioning,
      RescaleMapping mapping,
      TypeInformation<?> type) {
    this(place, producer, partitioning, mapping, type, Serializers.of(type));
  }

  /** The records in flight on an edge, as those of a snapshot have to fit them. */
  public static AskedState asked(int place, TypeInformation<?> type) {
    Serializer<?> serializer = Serializers.of(type);
    return new AskedState(
        records(place, serializer),
        Map.of(StateDescription.VALUE, serializer.renames()),
        /* migration= */ null);
  }

  /** How the records in flight on this edge are described in a snapshot. */
  StateDescription records() {
    return records(place, serializer);
  }

  private static StateDescription records(int place, Serializer<?> serializer) {
    return new StateDescription(
        "records of edge " + place,
        StateKind.IN_FLIGHT,
        Map.of(StateDescription.VALUE, serializer.schema()));
  }

  /**
   * One channel of an edge.
   *
   * @param subtask of the producer
   */
  public record Origin(InFlightEdge edge, int subtask) {}
}
