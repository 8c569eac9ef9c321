package io.weir.job.history;

import io.weir.snapshot.JobId;
import java.util.OptionalLong;

/**
 * One run of a job's tasks.
 *
 * @param attempt counts the runs of the job, from 0
 * @param startedMillis milliseconds since the epoch
 * @param endedMillis -1 while it runs, and for one that was ended by the end of its process
 * @param restoredCheckpointId what it was restored from; empty for a fresh start
 * @param restoredPath where that was, or null
 * @param isRestoredFromSavepoint whether that was a savepoint
 * @param why one sentence: why it was restored from that, and what was skipped
 */
public record AttemptRecord(
    JobId job,
    int attempt,
    long startedMillis,
    long endedMillis,
    OptionalLong restoredCheckpointId,
    String restoredPath,
    boolean isRestoredFromSavepoint,
    String why) {}
