package io.weir.engine;

import io.weir.snapshot.JobId;
import io.weir.snapshot.TaskId;

/**
 * Names one run of one task. Everything that a task tells or is told carries it, so that an answer
 * of an older attempt never touches a newer one.
 *
 * @param attempt counts the runs of the job, from 0
 */
public record TaskAttempt(JobId job, int attempt, TaskId task) {}
