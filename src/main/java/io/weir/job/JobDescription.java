package io.weir.job;

import io.weir.config.Configuration;
import io.weir.plan.JobPlan;
import io.weir.snapshot.JobId;
import java.util.List;

/**
 * A job that is to run.
 *
 * @param configuration effective: the job's own settings over those of the server
 * @param predecessors jobs of the same name that have failed for good, newest first: as long as
 *     this one has no checkpoint of its own, it begins with the newest one of theirs
 */
record JobDescription(
    JobId id, String name, JobPlan plan, Configuration configuration, List<JobId> predecessors) {
  JobDescription {
    predecessors = List.copyOf(predecessors);
  }
}
