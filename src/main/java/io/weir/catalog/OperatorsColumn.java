package io.weir.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weir.job.history.OperatorRecord;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorSizes;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.StateSize;
import java.util.ArrayList;
import java.util.List;

/**
 * The text column that holds the operators of a vertex with their sizes: an array for each, at
 * whose end stands an array for each of its states.
 */
final class OperatorsColumn {
  /** As in the migration. */
  static final int MOST_CHARACTERS = 1_000_000;

  private OperatorsColumn() {}

  /** With more states than there is room for, only what they come to together. */
  static String of(List<OperatorRecord> operators) {
    String all = JsonColumn.write(toTree(operators));
    if (all.length() <= MOST_CHARACTERS) {
      return all;
    }
    return JsonColumn.write(
        toTree(
            operators.stream()
                .map(
                    each ->
                        new OperatorRecord(
                            each.id(), each.uid(), each.name(), each.sizes().withoutStates()))
                .toList()));
  }

  /**
   * The other way.
   *
   * @param json null in a row of a version that had no such column
   */
  static List<OperatorRecord> toRecords(String json) {
    List<OperatorRecord> operators = new ArrayList<>();
    if (json != null) {
      JsonColumn.readTree(json).forEach(each -> operators.add(toRecord(each)));
    }
    return operators;
  }

  private static ArrayNode toTree(List<OperatorRecord> operators) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (OperatorRecord operator : operators) {
      OperatorSizes sizes = operator.sizes();
      ArrayNode states =
          all.addArray()
              .add(operator.id().toString())
              .add(ColumnText.fit(operator.uid(), ColumnText.MESSAGE))
              .add(ColumnText.fit(operator.name(), ColumnText.MESSAGE))
              .add(sizes.writtenBytes())
              .add(sizes.fullBytes())
              .add(sizes.inFlightBytes())
              .add(sizes.coordinatorBytes())
              .addArray();
      for (StateSize state : sizes.states()) {
        states
            .addArray()
            .add(state.name())
            .add(state.kind().name())
            .add(state.writtenBytes())
            .add(state.fullBytes());
      }
    }
    return all;
  }

  private static OperatorRecord toRecord(JsonNode operator) {
    List<StateSize> states = new ArrayList<>();
    for (JsonNode state : operator.get(7)) {
      states.add(
          new StateSize(
              state.get(0).textValue(),
              StateKind.valueOf(state.get(1).textValue()),
              state.get(2).longValue(),
              state.get(3).longValue()));
    }
    return new OperatorRecord(
        OperatorId.parse(operator.get(0).textValue()),
        operator.get(1).textValue(),
        operator.get(2).textValue(),
        new OperatorSizes(
            operator.get(3).longValue(),
            operator.get(4).longValue(),
            operator.get(5).longValue(),
            operator.get(6).longValue(),
            states));
  }
}
