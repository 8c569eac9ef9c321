package io.weir.config;

import java.time.Duration;

/** {@code execution.*}: how records move through a job. */
public final class ExecutionOptions {
  private static final String NO_BUFFER_TIMEOUT =
      "Weir hands a batch over when it is full or its consumer is idle, so nothing waits for a timeout.";

  private ExecutionOptions() {}

  public static final ConfigOption<String> RUNTIME_MODE =
      ConfigOptions.key("execution.runtime-mode")
          .oneOf("STREAMING", "AUTOMATIC")
          .defaultValue("STREAMING")
          .withRefusal(
              "BATCH",
              "Weir runs bounded inputs as streams. Use STREAMING: the results are the same, as the last"
                  + " watermark closes all windows.")
          .withDescription("AUTOMATIC is STREAMING, for bounded inputs, too.");

  public static final ConfigOption<Boolean> SNAPSHOT_COMPRESSION =
      ConfigOptions.key("execution.checkpointing.snapshot-compression")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether keyed state is compressed (LZ4, each key group by itself) in savepoints and in"
                  + " checkpoints that are written in full. The files of incremental checkpoints are"
                  + " compressed by RocksDB, as state.backend.rocksdb.compression.per.level says.");

  public static final ConfigOption<Boolean> BUFFER_TIMEOUT_ENABLED =
      ConfigOptions.key("execution.buffer-timeout.enabled")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether a batch that is not full is handed over after the buffer timeout.")
          .withoutEffect(NO_BUFFER_TIMEOUT);

  public static final ConfigOption<Duration> BUFFER_TIMEOUT =
      ConfigOptions.key("execution.buffer-timeout.interval")
          .durationType()
          .defaultValue(Duration.ofMillis(100))
          .withFallbackKeys("execution.buffer-timeout")
          .withDescription("Time after which a batch that is not full is handed over.")
          .withoutEffect(NO_BUFFER_TIMEOUT);
}
