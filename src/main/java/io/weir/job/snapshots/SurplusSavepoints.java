package io.weir.job.snapshots;

import io.weir.checkpoint.SavepointPolicy;
import io.weir.checkpoint.SavepointPolicy.Taken;
import io.weir.job.description.JobDescription;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.JobRecord;
import io.weir.job.history.Ownership;
import io.weir.job.snapshots.SavepointDisposal.DisposalRefusedException;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.snapshot.JobId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the savepoints that a job's policy has taken, in this run or in earlier ones of its name,
 * and keeps no longer. What cannot be removed is in the log and tried again behind the next one.
 * May block.
 */
public final class SurplusSavepoints {
  private static final Logger LOG = LoggerFactory.getLogger(SurplusSavepoints.class);

  private final JobDescription job;
  private final SavepointPolicy policy;
  private final JobSurroundings surroundings;
  private final SavepointDisposal disposal;

  public SurplusSavepoints(
      JobDescription job, SavepointPolicy policy, JobSurroundings surroundings) {
    this.job = job;
    this.policy = policy;
    this.surroundings = surroundings;
    this.disposal = new SavepointDisposal(surroundings.catalog(), surroundings.storages());
  }

  public void remove() throws CatalogException {
    for (String path : policy.surplus(taken(), surroundings.clock().nowMillis())) {
      try {
        disposal.dispose(path);
        LOG.info("Job '{}': its policy keeps the savepoint at {} no longer", job.name(), path);
      } catch (IOException | DisposalRefusedException e) {
        LOG.warn(
            "Job '{}': its policy keeps the savepoint at {} no longer, but it could not be removed; that is tried again behind the next one: {}",
            job.name(),
            path,
            e.getMessage());
      }
    }
  }

  private List<Taken> taken() throws CatalogException {
    JobCatalog catalog = surroundings.catalog();
    Set<JobId> runs =
        catalog.jobs().stream()
            .filter(run -> run.name().equals(job.name()))
            .map(JobRecord::id)
            .collect(Collectors.toSet());
    List<Taken> taken = new ArrayList<>();
    for (CheckpointRecord each : catalog.retained()) {
      if (each.ownership() == Ownership.POLICY && runs.contains(each.job())) {
        boolean isNeeded = disposal.whyNeeded(each.path()).isPresent();
        taken.add(new Taken(each.path(), each.triggeredMillis(), each.damage() != null, isNeeded));
      }
    }
    return taken;
  }
}
