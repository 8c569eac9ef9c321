package io.weir.rest;

import io.weir.api.environment.JobStatus;
import io.weir.job.Dispatcher;
import io.weir.job.surroundings.CatalogException;
import java.util.concurrent.CompletableFuture;

/** Ends a job for good, whether it runs or rests. */
final class Cancellation {

  private Cancellation() {}

  static void of(Dispatcher dispatcher, JobSummary job, long nowMillis) throws CatalogException {
    boolean rests =
        dispatcher
            .catalog()
            .job(job.id())
            .map(record -> record.status() == JobStatus.SUSPENDED)
            .orElse(false);
    if (job.status() == JobStatus.SUSPENDED && rests) {
      // nobody runs it: that it is canceled is all there is to do
      dispatcher.catalog().statusChanged(job.id(), JobStatus.CANCELED, "asked to", nowMillis);
    } else if (job.live().isPresent() && job.status() != JobStatus.SUSPENDED) {
      // the caller has its answer at once, and sees the end in the job's status
      CompletableFuture<JobStatus> unused = dispatcher.cancel(job.id());
    } else {
      throw ApiException.conflict(
          "Job %s ('%s') is not run by this server. Cancel it where it runs, or start it here first."
              .formatted(job.id(), job.name()));
    }
  }
}
