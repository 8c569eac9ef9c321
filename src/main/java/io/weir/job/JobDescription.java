package io.weir.job;

import io.weir.config.Configuration;
import io.weir.plan.JobPlan;
import io.weir.snapshot.JobId;

/**
 * A job that is to run.
 *
 * @param configuration effective: the job's own settings over those of the server
 */
record JobDescription(JobId id, String name, JobPlan plan, Configuration configuration) {}
