package io.weir.job.history;

import io.weir.snapshot.JobId;

/**
 * A failure of a job.
 *
 * @param timestampMillis milliseconds since the epoch
 * @param exceptionName class of what was thrown
 * @param stackTrace text
 * @param taskName as shown to people, or null if the whole job failed
 * @param failover what has to start again
 */
public record FailureRecord(
    JobId job,
    int attempt,
    long timestampMillis,
    String exceptionName,
    String stackTrace,
    String taskName,
    FailoverScope failover) {}
