package io.weir.api.environment;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A job that has finished. */
public final class JobExecutionResult {
  private final String jobId;
  private final Duration netRuntime;

  /**
   * Describes a finished job.
   *
   * @param jobId id of the job
   * @param netRuntime time from its start to its end
   */
  public JobExecutionResult(String jobId, Duration netRuntime) {
    this.jobId = Objects.requireNonNull(jobId, "jobId");
    this.netRuntime = Objects.requireNonNull(netRuntime, "netRuntime");
  }

  public String getJobID() {
    return jobId;
  }

  /** Time from the start to the end of the job, in milliseconds. */
  public long getNetRuntime() {
    return netRuntime.toMillis();
  }

  /** Time from the start to the end of the job. */
  public long getNetRuntime(TimeUnit desiredUnit) {
    return desiredUnit.convert(netRuntime);
  }

  @Override
  public String toString() {
    return "Job " + jobId + " finished after " + netRuntime.toMillis() + " ms";
  }
}
