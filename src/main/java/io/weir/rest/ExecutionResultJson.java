package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.api.environment.JobStatus;
import io.weir.job.execution.JobView;
import io.weir.job.history.FailureRecord;
import java.util.List;

/** How a job has ended. */
final class ExecutionResultJson {

  private ExecutionResultJson() {}

  /** The newest failures are asked for a job that this server has not run. */
  static ObjectNode of(JobSummary job, List<FailureRecord> newest, long nowMillis) {
    ObjectNode answer = Json.object();
    boolean ended = job.status().isGloballyTerminalState();
    answer.putObject("status").put("id", ended ? "COMPLETED" : "IN_PROGRESS");
    if (!ended) {
      return answer;
    }
    ObjectNode result =
        answer
            .putObject("job-execution-result")
            .put("id", job.id().toString())
            .put("name", job.name())
            .put("application-status", applicationStatus(job.status()));
    result.putObject("accumulator-results");
    result
        .put("net-runtime", job.durationMillis(nowMillis))
        .put("application-id", job.id().toString())
        .put("start-time", job.startMillis())
        .put("end-time", job.endMillis());
    if (job.status() == JobStatus.FAILED) {
      SerializedThrowable cause =
          job.live()
              .map(JobView::lastFailure)
              .map(SerializedThrowable::new)
              .orElseGet(() -> recorded(newest));
      result.set("failure-cause", cause.toJson());
    }
    return answer;
  }

  private static SerializedThrowable recorded(List<FailureRecord> newest) {
    return newest.isEmpty()
        ? new SerializedThrowable(new IllegalStateException("The cause is not known any more."))
        : new SerializedThrowable(
            newest.get(0).exceptionName(),
            ExceptionsJson.message(newest.get(0)),
            newest.get(0).stackTrace());
  }

  private static String applicationStatus(JobStatus status) {
    return switch (status) {
      case FINISHED -> "SUCCEEDED";
      case FAILED -> "FAILED";
      case CANCELED -> "CANCELED";
      default -> "UNKNOWN";
    };
  }
}
