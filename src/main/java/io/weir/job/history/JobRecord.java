package io.weir.job.history;

import io.weir.api.environment.JobStatus;
import io.weir.snapshot.JobId;
import java.util.Map;

/**
 * A job.
 *
 * @param name under which it is started, stopped and resumed; unique among the jobs that have not
 *     ended
 * @param submittedMillis when it was submitted, milliseconds since the epoch
 * @param statusSinceMillis when it entered its status
 * @param endedMillis when it entered a terminal status, or -1
 * @param configuration its own settings, as given
 */
public record JobRecord(
    JobId id,
    String name,
    JobStatus status,
    long submittedMillis,
    long statusSinceMillis,
    long endedMillis,
    Map<String, String> configuration) {
  public JobRecord {
    configuration = Map.copyOf(configuration);
  }
}
