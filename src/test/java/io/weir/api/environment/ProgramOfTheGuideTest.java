package io.weir.api.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.CheckpointConfig.ExternalizedCheckpointCleanup;
import io.weir.api.state.EmbeddedRocksDBStateBackend;
import io.weir.config.CheckpointingMode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramOfTheGuideTest {
  @Test
  void theProgramOfTheCheckpointingGuideSetsTheOptionsOfTheGuide() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.enableCheckpointing(60000);
    env.getCheckpointConfig().setCheckpointingMode(CheckpointingMode.EXACTLY_ONCE);
    env.getCheckpointConfig().setMinPauseBetweenCheckpoints(5000);
    env.getCheckpointConfig().setCheckpointTimeout(600000);
    env.getCheckpointConfig().setMaxConcurrentCheckpoints(1);
    env.getCheckpointConfig()
        .enableExternalizedCheckpoints(ExternalizedCheckpointCleanup.RETAIN_ON_CANCELLATION);
    env.getCheckpointConfig().enableUnalignedCheckpoints();
    env.setStateBackend(new EmbeddedRocksDBStateBackend(true));
    env.getCheckpointConfig().setCheckpointStorage("s3://my-bucket/checkpoints");

    assertThat(env.getConfiguration().toMap())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("execution.checkpointing.interval", "1 min"),
                Map.entry("execution.checkpointing.mode", "EXACTLY_ONCE"),
                Map.entry("execution.checkpointing.min-pause", "5 s"),
                Map.entry("execution.checkpointing.timeout", "10 min"),
                Map.entry("execution.checkpointing.max-concurrent-checkpoints", "1"),
                Map.entry(
                    "execution.checkpointing.externalized-checkpoint-retention",
                    "RETAIN_ON_CANCELLATION"),
                Map.entry("execution.checkpointing.unaligned.enabled", "true"),
                Map.entry("state.backend.type", "rocksdb"),
                Map.entry("execution.checkpointing.incremental", "true"),
                Map.entry("execution.checkpointing.storage", "filesystem"),
                Map.entry("execution.checkpointing.dir", "s3://my-bucket/checkpoints")));
  }
}
