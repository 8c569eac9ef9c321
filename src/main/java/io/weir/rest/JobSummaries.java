package io.weir.rest;

import io.weir.api.environment.JobStatus;
import io.weir.config.Configuration;
import io.weir.config.WebOptions;
import io.weir.job.Dispatcher;
import io.weir.job.execution.JobView;
import io.weir.job.history.JobRecord;
import io.weir.job.surroundings.CatalogException;
import io.weir.snapshot.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All jobs that are known. */
@ApplicationScoped
public class JobSummaries {
  private static final Logger LOG = LoggerFactory.getLogger(JobSummaries.class);

  @Inject private Dispatcher dispatcher;

  /** Newest first; of those that ended before the server's start only the newest. */
  List<JobSummary> all() {
    Map<JobId, JobSummary> jobs = new HashMap<>();
    Set<JobId> live = new HashSet<>();
    for (JobView view : dispatcher.views()) {
      jobs.put(view.id(), JobSummary.of(view));
      if (!view.status().isTerminalState()) {
        live.add(view.id());
      }
    }
    recordedBesides(live).forEach(job -> jobs.merge(job.id(), job, JobSummaries::newer));
    List<JobSummary> newestFirst = new ArrayList<>(jobs.values());
    newestFirst.sort(Comparator.comparingLong(JobSummary::startMillis).reversed());
    return newestFirst;
  }

  /**
   * What runs here is listed also while the database is away, and is not read from it: hundreds of
   * jobs are asked for many times a second.
   */
  private List<JobSummary> recordedBesides(Set<JobId> live) {
    int most = new Configuration().get(WebOptions.ARCHIVE_COUNT);
    List<JobSummary> jobs = new ArrayList<>();
    try {
      int ended = 0;
      for (JobRecord job : dispatcher.catalog().jobsBesides(live)) {
        boolean listed = !job.status().isGloballyTerminalState() || ended++ < most;
        if (listed) {
          jobs.add(JobSummary.of(job));
        }
      }
    } catch (CatalogException e) {
      LOG.warn("Only the jobs of this server can be listed: {}", e.getMessage());
    }
    return jobs;
  }

  /**
   * The job of this id.
   *
   * @throws ApiException 400 if it is no id, 404 if there is no such job
   */
  JobSummary get(String id) throws CatalogException {
    return find(PathIds.job(id))
        .orElseThrow(() -> ApiException.notFound("Job " + id + " not found"));
  }

  Optional<JobSummary> find(JobId id) throws CatalogException {
    Optional<JobSummary> live = dispatcher.view(id).map(JobSummary::of);
    if (live.isPresent() && live.get().status() != JobStatus.SUSPENDED) {
      return live;
    }
    Optional<JobSummary> recorded = dispatcher.catalog().job(id).map(JobSummary::of);
    return live.isPresent() && recorded.isPresent()
        ? Optional.of(newer(live.get(), recorded.get()))
        : recorded.or(() -> live);
  }

  /** What this server knows of its jobs is newer, except that one that rests may be canceled. */
  private static JobSummary newer(JobSummary live, JobSummary recorded) {
    boolean ended = recorded.status().isGloballyTerminalState();
    return live.status() == JobStatus.SUSPENDED && ended ? recorded : live;
  }

  /**
   * The newest job of this name.
   *
   * @throws ApiException 404 if there is none
   */
  JobSummary named(String name) throws CatalogException {
    Optional<JobRecord> job = dispatcher.catalog().jobNamed(name);
    if (job.isEmpty()) {
      throw ApiException.notFound("There is no job named '%s'.".formatted(name));
    }
    return get(job.get().id().toString());
  }
}
