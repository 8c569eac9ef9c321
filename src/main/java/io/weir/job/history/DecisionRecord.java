package io.weir.job.history;

import io.weir.snapshot.JobId;

/**
 * Why something was done to a job.
 *
 * @param timestampMillis milliseconds since the epoch
 * @param what a word or two: {@code restart}, {@code restore}, {@code skip checkpoint}, {@code
 *     suspend}
 * @param why one sentence
 */
public record DecisionRecord(JobId job, long timestampMillis, String what, String why) {}
