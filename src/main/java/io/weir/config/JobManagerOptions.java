package io.weir.config;

/** {@code jobmanager.*}: how a job as a whole is run. */
public final class JobManagerOptions {

  private JobManagerOptions() {}

  public static final ConfigOption<String> EXECUTION_FAILOVER_STRATEGY =
      ConfigOptions.key("jobmanager.execution.failover-strategy")
          .oneOf("region", "full")
          .defaultValue("region")
          .withDescription(
              "What restarts when a task fails: region, all tasks that are connected to it; full, all"
                  + " tasks of the job.");
}
