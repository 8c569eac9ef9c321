package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.config.CheckpointingMode;
import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.config.CoreOptions;
import io.weir.config.ExternalizedCheckpointRetention;
import io.weir.config.PipelineOptions;
import io.weir.config.RestartStrategyOptions;
import io.weir.config.StateBackendOptions;
import java.time.Duration;

/** A job's settings as Flink shows them. */
final class JobConfigJson {
  private JobConfigJson() {}

  static ObjectNode of(JobSummary job) {
    Configuration configuration = Configuration.fromMap(job.configuration());
    ObjectNode config = Json.object().put("jid", job.id().toString()).put("name", job.name());
    ObjectNode execution =
        config
            .putObject("execution-config")
            .put(
                "restart-strategy",
                configuration
                    .getOptional(RestartStrategyOptions.RESTART_STRATEGY)
                    .orElse("Cluster level default restart strategy"))
            .put("job-parallelism", configuration.get(CoreOptions.DEFAULT_PARALLELISM))
            .put("object-reuse-mode", configuration.get(PipelineOptions.OBJECT_REUSE));
    ObjectNode user = execution.putObject("user-config");
    configuration.toMapWithoutSecrets().forEach(user::put);
    return config;
  }

  static ObjectNode checkpoints(JobSummary job) {
    Configuration configuration = Configuration.fromMap(job.configuration());
    long interval =
        configuration
            .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
            .map(Duration::toMillis)
            .orElse(0L);
    boolean exactlyOnce =
        interval > 0
            && configuration.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE)
                == CheckpointingMode.EXACTLY_ONCE;
    ExternalizedCheckpointRetention retention =
        configuration.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION);
    ObjectNode config =
        Json.object()
            .put("mode", exactlyOnce ? "exactly_once" : "at_least_once")
            .put("interval", interval > 0 ? interval : Long.MAX_VALUE)
            .put(
                "timeout", configuration.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT).toMillis())
            .put(
                "min_pause",
                configuration.get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS).toMillis())
            .put(
                "max_concurrent",
                configuration.get(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS));
    config
        .putObject("externalization")
        .put("enabled", retention != ExternalizedCheckpointRetention.NO_EXTERNALIZED_CHECKPOINTS)
        .put(
            "delete_on_cancellation",
            retention != ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    return config
        .put("state_backend", stateBackend(configuration))
        .put("checkpoint_storage", "FileSystemCheckpointStorage")
        .put("unaligned_checkpoints", configuration.get(CheckpointingOptions.ENABLE_UNALIGNED))
        .put(
            "tolerable_failed_checkpoints",
            configuration.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER))
        .put(
            "aligned_checkpoint_timeout",
            configuration.get(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT).toMillis())
        .put(
            "checkpoints_after_tasks_finish",
            configuration.get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH))
        .put("state_changelog_enabled", false)
        .put("changelog_periodic_materialization_interval", 0)
        .put("changelog_storage", "memory");
  }

  private static String stateBackend(Configuration configuration) {
    return switch (configuration.get(StateBackendOptions.STATE_BACKEND)) {
      case "hashmap" -> "HashMapStateBackend";
      case "rocksdb" -> "EmbeddedRocksDBStateBackend";
      default -> configuration.get(StateBackendOptions.STATE_BACKEND);
    };
  }
}
