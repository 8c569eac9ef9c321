package io.weir.bench;

import io.weir.api.environment.JobStatus;
import io.weir.job.Dispatcher;
import io.weir.job.JobFailedException;
import io.weir.job.execution.JobView;
import io.weir.job.surroundings.CatalogException;
import io.weir.snapshot.JobId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import peers.CheckpointStat;
import peers.Contestant;
import peers.RunningJob;
import peers.Spec;

/** Weir in the server that this runs in. */
final class ServerContestant implements Contestant {
  static final String NAME = "server";

  private final Dispatcher dispatcher;

  ServerContestant(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String unsupported(Spec spec) {
    return null;
  }

  @Override
  public RunningJob start(Spec spec) throws Exception {
    return new Job(dispatcher, dispatcher.start(WorkloadJob.NAME));
  }

  private record Job(Dispatcher dispatcher, JobId id, CompletableFuture<JobStatus> ended)
      implements RunningJob {

    Job(Dispatcher dispatcher, JobId id) {
      this(dispatcher, id, dispatcher.ended(id));
    }

    @Override
    public void awaitFinished() throws Exception {
      JobStatus unused = ended.get(10, TimeUnit.MINUTES);
    }

    @Override
    public List<CheckpointStat> checkpoints() {
      try {
        return CheckpointFigures.of(dispatcher.catalog().checkpoints(id, 1_000));
      } catch (CatalogException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Map<String, Object> extras() {
      return Map.of();
    }

    @Override
    public Throwable failure() {
      JobView view = dispatcher.view(id).orElseThrow();
      return view.status().isTerminalState() && view.status() != JobStatus.FINISHED
          ? new JobFailedException(view.name(), view.status(), view.lastFailure())
          : null;
    }

    @Override
    public void close() throws Exception {
      if (!ended.isDone()) {
        JobStatus unused = dispatcher.cancel(id).get(60, TimeUnit.SECONDS);
      }
    }
  }
}
