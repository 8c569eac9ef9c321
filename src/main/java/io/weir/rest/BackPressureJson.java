package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.engine.Task;
import java.util.List;
import java.util.Optional;

/**
 * How much the subtasks of a vertex wait for those behind them; the worst stands for the vertex.
 */
final class BackPressureJson {
  private static final double OK = 0.10;
  private static final double LOW = 0.5;

  private BackPressureJson() {}

  static ObjectNode of(Optional<Vertices.Found> found, TaskLoads loads) {
    ObjectNode answer = Json.object();
    ArrayNode subtasks = Json.array();
    double worst = -1;
    long measured = 0;
    for (Task task : found.map(Vertices.Found::tasks).orElseGet(List::of)) {
      Optional<TaskLoads.Rates> rates = loads.of(task);
      if (rates.isPresent()) {
        subtasks.add(subtask(task, rates.get()));
        worst = Math.max(worst, rates.get().backPressured());
        measured = Math.max(measured, rates.get().measuredMillis());
      }
    }
    if (subtasks.isEmpty()) {
      return answer.put("status", "deprecated");
    }
    answer
        .put("status", "ok")
        .put("backpressureLevel", level(worst))
        .put("backpressure-level", level(worst))
        .put("end-timestamp", measured)
        .set("subtasks", subtasks);
    return answer;
  }

  private static ObjectNode subtask(Task task, TaskLoads.Rates rates) {
    return Json.object()
        .put("subtask", task.attempt().task().subtask())
        .put("attempt-number", task.attempt().attempt())
        .put("backpressureLevel", level(rates.backPressured()))
        .put("backpressure-level", level(rates.backPressured()))
        .put("ratio", rates.backPressured())
        .put("idleRatio", rates.idle())
        .put("busyRatio", rates.busy());
  }

  private static String level(double ratio) {
    return ratio <= OK ? "ok" : ratio <= LOW ? "low" : "high";
  }
}
