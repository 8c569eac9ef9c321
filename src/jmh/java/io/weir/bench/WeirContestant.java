package io.weir.bench;

import io.weir.api.environment.JobExecutionResult;
import io.weir.job.local.LocalJobClient;
import io.weir.job.surroundings.CatalogException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import peers.CheckpointStat;
import peers.Contestant;
import peers.RunningJob;
import peers.Spec;

/** Weir, as its users would run it from a {@code main} method. */
public final class WeirContestant implements Contestant {

  @Override
  public String name() {
    return "weir";
  }

  @Override
  public String unsupported(Spec spec) {
    return null;
  }

  @Override
  public RunningJob start(Spec spec) throws Exception {
    return new Job((LocalJobClient) Program.of(spec).executeAsync(spec.name));
  }

  private static final class Job implements RunningJob {
    private final LocalJobClient client;
    private final CompletableFuture<JobExecutionResult> result;

    Job(LocalJobClient client) {
      this.client = client;
      this.result = client.getJobExecutionResult();
    }

    @Override
    public void awaitFinished() throws Exception {
      result.get(10, TimeUnit.MINUTES);
    }

    @Override
    public List<CheckpointStat> checkpoints() {
      try {
        return CheckpointFigures.of(client.checkpoints(1_000));
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
      if (!result.isCompletedExceptionally()) {
        return null;
      }
      try {
        result.get();
        return null;
      } catch (InterruptedException | ExecutionException e) {
        return e;
      }
    }

    @Override
    public void close() throws Exception {
      if (!result.isDone()) {
        client.cancel().get(60, TimeUnit.SECONDS);
      }
    }
  }
}
