package io.weir.job.local;

import io.weir.api.environment.JobClient;
import io.weir.api.environment.JobExecutionResult;
import io.weir.api.environment.JobStatus;
import io.weir.api.environment.SavepointFormatType;
import io.weir.job.Dispatcher;
import io.weir.job.JobFailedException;
import io.weir.job.SavepointRequest;
import io.weir.job.execution.JobView;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.surroundings.CatalogException;
import io.weir.snapshot.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The handle of a job that runs in this process. Safe for use by several threads. */
public final class LocalJobClient implements JobClient {
  private final Dispatcher dispatcher;
  private final JobId id;
  private final CompletableFuture<JobStatus> ended;

  /**
   * @param ended completed when the job has ended and its name is free again
   */
  LocalJobClient(Dispatcher dispatcher, JobId id, CompletableFuture<JobStatus> ended) {
    this.dispatcher = dispatcher;
    this.id = id;
    this.ended = ended;
  }

  @Override
  public String getJobID() {
    return id.toString();
  }

  @Override
  public CompletableFuture<JobStatus> getJobStatus() {
    return CompletableFuture.completedFuture(view().status());
  }

  @Override
  public CompletableFuture<Void> cancel() {
    CompletableFuture<JobStatus> unused = dispatcher.cancel(id);
    return ended.thenAccept(status -> {});
  }

  @Override
  public CompletableFuture<String> stopWithSavepoint(
      boolean advanceToEndOfEventTime, String savepointDirectory, SavepointFormatType formatType) {
    return refusable(
        () ->
            dispatcher.stopWithSavepoint(
                id, advanceToEndOfEventTime, request(savepointDirectory, formatType)));
  }

  @Override
  public CompletableFuture<String> triggerSavepoint(
      String savepointDirectory, SavepointFormatType formatType) {
    return refusable(
        () -> dispatcher.savepoint(id, request(savepointDirectory, formatType), false));
  }

  private static SavepointRequest request(String directory, SavepointFormatType formatType) {
    return new SavepointRequest(Optional.ofNullable(directory), formatType);
  }

  private static CompletableFuture<String> refusable(Supplier<CompletableFuture<String>> request) {
    try {
      return request.get();
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
    return ended.thenApply(this::result);
  }

  private JobExecutionResult result(JobStatus status) {
    JobView view = view();
    if (status != JobStatus.FINISHED) {
      throw new JobFailedException(view.name(), status, view.lastFailure());
    }
    return new JobExecutionResult(
        id.toString(), Duration.ofMillis(view.endMillis() - view.startMillis()));
  }

  /**
   * The checkpoints of the job with their figures, newest first.
   *
   * @throws CatalogException if the catalog cannot be read
   */
  public List<CheckpointRecord> checkpoints(int most) throws CatalogException {
    return dispatcher.catalog().checkpoints(id, most);
  }

  private JobView view() {
    return dispatcher.view(id).orElseThrow();
  }
}
