package io.weir.api.functions;

/** Facts about the job that runs a function. */
public interface JobInfo {
  /** The id of the job as 32 hexadecimal digits. */
  String getJobId();

  /** The name of the job. */
  String getJobName();
}
