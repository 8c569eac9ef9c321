package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.types.Types;
import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.config.MemorySize;
import io.weir.it.deployed.Eventually;
import io.weir.job.surroundings.ConfiguredStorages;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a job in this process does whose checkpoints are kept on some kind of storage. */
public abstract class StoredJobContract {
  private static final long RECORDS = 200_000;
  private static final int SUBTASKS = 2;

  /** Of each subtask, before it waits for a checkpoint. */
  private static final long IN_ADVANCE = 1_000;

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Map<Long, Long> RESULT = new ConcurrentHashMap<>();
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  private static ObjectStorages storages;
  private static ObjectStorage checkpoints;

  /** How the storage is reached. */
  protected abstract Configuration configuration();

  /** A directory that nobody else uses. */
  protected abstract String newDirectory() throws IOException;

  @BeforeEach
  void open() throws IOException {
    storages = ConfiguredStorages.of(configuration(), UnaryOperator.identity());
    checkpoints = storages.at(newDirectory());
    RESULT.clear();
    FAILED.set(false);
  }

  @AfterEach
  void close() throws IOException {
    storages.close();
  }

  @Test
  void aJobThatFailsGoesOnFromItsCheckpoint() throws Exception {
    StreamExecutionEnvironment env = environment(checkpoints.root().toString());
    env.fromSequence(1, RECORDS)
        .map(StoredJobContract::failOnceAfterACheckpoint)
        .returns(Types.LONG)
        .keyBy(n -> n % 10, Types.LONG)
        .map(n -> 1L)
        .returns(Types.LONG)
        .keyBy(n -> n, Types.LONG)
        .sum(0)
        .map(n -> RESULT.merge(0L, n, Math::max))
        .returns(Types.LONG)
        .filter(n -> n == RECORDS)
        .print();

    env.execute("count");

    assertThat(FAILED).isTrue();
    assertThat(RESULT).containsEntry(0L, RECORDS);
    Eventually.holds(
        LIMIT,
        () ->
            assertThat(metadataFiles()).as("kept after the end, which nobody asked for").isZero());
  }

  /** For a job with two subtasks and many checkpoints in this directory. */
  protected final StreamExecutionEnvironment environment(String directory) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            configuration()
                // all state in files, and these merged, as needs most of a storage
                .set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, new MemorySize(0))
                .set(CheckpointingOptions.FILE_MERGING_ENABLED, true));
    env.setParallelism(SUBTASKS);
    env.enableCheckpointing(50);
    env.getCheckpointConfig().setCheckpointStorage(directory);
    return env;
  }

  /** So slow until then that the job comes to no end before there is one. */
  private static long failOnceAfterACheckpoint(long n) throws IOException {
    if (n % (RECORDS / SUBTASKS) > IN_ADVANCE && !FAILED.get()) {
      LockSupport.parkNanos(PAUSE.toNanos());
      if (metadataFiles() > 0 && !FAILED.getAndSet(true)) {
        throw new IOException("planned");
      }
    }
    return n;
  }

  private static long metadataFiles() throws IOException {
    return checkpoints.list(RelativePath.ROOT).stream()
        .filter(file -> file.path().name().equals("_metadata"))
        .count();
  }
}
