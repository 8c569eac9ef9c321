package io.weir.job.description;

import io.weir.config.Configuration;
import io.weir.job.history.JobRecord;
import io.weir.plan.JobPlan;
import io.weir.snapshot.JobId;

/**
 * A job that is to run.
 *
 * @param configuration effective: the job's own settings over those of the server
 */
public record JobDescription(JobId id, String name, JobPlan plan, Configuration configuration) {

  /** The same as a run that has not ended: what that was started with holds until it has. */
  public JobDescription continuing(JobRecord run) {
    Configuration continued = new Configuration();
    continued.addAll(configuration);
    StartRequest.applyStored(Configuration.fromMap(run.configuration()), continued);
    return new JobDescription(run.id(), name, plan, continued);
  }
}
