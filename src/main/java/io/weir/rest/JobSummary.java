package io.weir.rest;

import io.weir.api.environment.JobStatus;
import io.weir.job.execution.JobView;
import io.weir.job.history.JobRecord;
import io.weir.snapshot.JobId;
import java.util.Map;
import java.util.Optional;

/**
 * A job as far as it is known: from its master if this server runs it or has run it, else from the
 * catalog.
 *
 * @param endMillis -1 while it has not ended
 * @param statusSince when it entered each status the last time
 * @param live present if this server runs the job or has run it since its start
 */
record JobSummary(
    JobId id,
    String name,
    JobStatus status,
    long startMillis,
    long endMillis,
    Map<JobStatus, Long> statusSince,
    Map<String, String> configuration,
    Optional<JobView> live) {

  static JobSummary of(JobView view) {
    return new JobSummary(
        view.id(),
        view.name(),
        view.status(),
        view.startMillis(),
        view.endMillis(),
        view.statusSince(),
        view.configuration().toMap(),
        Optional.of(view));
  }

  /**
   * A job that this server has not run. What its row says of it may have been overtaken by the end
   * of the server that ran it: such a job is reconciling.
   */
  static JobSummary of(JobRecord record) {
    JobStatus status = record.status().isTerminalState() ? record.status() : JobStatus.RECONCILING;
    return new JobSummary(
        record.id(),
        record.name(),
        status,
        record.submittedMillis(),
        record.status() == JobStatus.SUSPENDED ? record.statusSinceMillis() : record.endedMillis(),
        Map.of(status, record.statusSinceMillis()),
        record.configuration(),
        Optional.empty());
  }

  long durationMillis(long nowMillis) {
    return (endMillis < 0 ? nowMillis : endMillis) - startMillis;
  }

  long lastModificationMillis() {
    return statusSince.values().stream().mapToLong(Long::longValue).max().orElse(startMillis);
  }
}
