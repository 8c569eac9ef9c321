package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.api.environment.RestoreReport;
import io.weir.api.environment.RestoreReport.OperatorReport;
import io.weir.api.environment.RestoreReport.StateReport;
import java.util.List;

/** What a dry run has found. */
final class RestoreReportJson {
  private RestoreReportJson() {}

  static ObjectNode of(RestoreReport report) {
    ObjectNode answer =
        Json.object()
            .put("name", report.jobName())
            .put("path", report.path())
            .put("verdict", report.verdict().name())
            .put("reason", report.reason());
    ArrayNode operators = answer.putArray("operators");
    report.operators().forEach(operator -> operators.add(of(operator)));
    return answer;
  }

  private static ObjectNode of(OperatorReport operator) {
    ObjectNode node =
        Json.object()
            .put("id", operator.id())
            .put("uid", operator.uid())
            .put("name", operator.name())
            .put("match", operator.match().name())
            .put("stored_parallelism", operator.storedParallelism())
            .put("parallelism", operator.parallelism());
    addTexts(node.putArray("notes"), operator.notes());
    ArrayNode states = node.putArray("states");
    operator.states().forEach(state -> states.add(of(state)));
    return node;
  }

  private static ObjectNode of(StateReport state) {
    ObjectNode node =
        Json.object()
            .put("name", state.name())
            .put("kind", state.kind())
            .put("match", state.match().name());
    addTexts(node.putArray("changes"), state.changes());
    return node.put("note", state.note());
  }

  private static void addTexts(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }
}
