package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.history.FailureRecord;
import io.weir.plan.TaskManagerId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The failures of a job as Flink shows them. */
final class ExceptionsJson {
  private ExceptionsJson() {}

  /**
   * @param taskManagers says where the task ran that has failed, if that is known
   */
  static ObjectNode of(
      List<FailureRecord> newestFirst,
      boolean truncated,
      Function<FailureRecord, Optional<TaskManagerId>> taskManagers) {
    ObjectNode answer = Json.object();
    ObjectNode history = answer.putObject("exceptionHistory");
    ArrayNode entries = history.putArray("entries");
    newestFirst.forEach(failure -> entries.add(entry(failure, taskManagers.apply(failure))));
    history.put("truncated", truncated);
    return answer;
  }

  /** What was thrown said, without the trace behind it. */
  static String message(FailureRecord failure) {
    String firstLine = failure.stackTrace().lines().findFirst().orElse("");
    String name = failure.exceptionName() + ": ";
    return firstLine.startsWith(name) ? firstLine.substring(name.length()) : firstLine;
  }

  private static ObjectNode entry(FailureRecord failure, Optional<TaskManagerId> taskManager) {
    ObjectNode entry =
        Json.object()
            .put("exceptionName", failure.exceptionName())
            .put("stacktrace", failure.stackTrace())
            .put("timestamp", failure.timestampMillis());
    ObjectNode labels = entry.putObject("failureLabels");
    FailureLabels.of(failure).forEach(labels::put);
    if (failure.taskName() != null) {
      entry
          .put("taskName", failure.taskName() + " - execution #" + failure.attempt())
          .put("endpoint", ThisServer.ENDPOINT);
      taskManager.ifPresent(id -> entry.put("taskManagerId", id.toString()));
    }
    entry.putArray("concurrentExceptions");
    return entry;
  }
}
