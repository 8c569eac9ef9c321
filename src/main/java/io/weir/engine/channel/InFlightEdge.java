package io.weir.engine.channel;

import io.weir.api.graph.Partitioning;
import io.weir.api.types.TypeInformation;
import io.weir.serial.Serializer;
import io.weir.serial.Serializers;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.RescaleMapping;

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

  /**
   * One channel of an edge.
   *
   * @param subtask of the producer
   */
  public record Origin(InFlightEdge edge, int subtask) {}
}
