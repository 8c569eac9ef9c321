package io.weir.soak;

import io.weir.api.environment.JobClient;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.config.CoreOptions;
import io.weir.config.ExternalizedCheckpointRetention;
import io.weir.config.MemorySize;
import io.weir.config.RestartStrategyOptions;
import io.weir.config.RocksDBOptions;
import io.weir.config.StateBackendOptions;
import io.weir.config.StateRecoveryOptions;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.SubtaskRecord;
import io.weir.job.local.LocalJobClient;
import io.weir.job.surroundings.CatalogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A job with far more state than heap, on RocksDB with incremental checkpoints. It says what each
 * checkpoint took, and how much memory the process has; it fails if a value is not what it must be.
 */
final class LargeState {
  private static final MemorySize NATIVE_BUDGET = MemorySize.ofMebiBytes(512);
  private static final long LOOK_MILLIS = 500;

  /** Growth is counted from here on: until then code is compiled and arenas are laid out. */
  private static final int WARM_UP_CYCLES = 10;

  private static final int COMPARED_CYCLES = 9;

  private static final double MAX_GROWTH_PERCENT = 5;

  private final Path directory;
  private final long keys;
  private long mostMemoryMiB;

  private LargeState(Path directory, long keys) {
    this.directory = directory;
    this.keys = keys;
  }

  /**
   * Either {@code run DIRECTORY KEYS [SNAPSHOT]}, to the end of the job, or {@code cycles DIRECTORY
   * KEYS COUNT}, which starts and ends the job so many times.
   */
  public static void main(String[] arguments) throws Exception {
    LargeState large = new LargeState(Path.of(arguments[1]), Long.parseLong(arguments[2]));
    String option = arguments.length > 3 ? arguments[3] : null;
    switch (arguments[0]) {
      case "run" -> large.run(option);
      case "cycles" -> large.cycles(Integer.parseInt(option));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private void run(String snapshot) throws Exception {
    Configuration configuration = configuration(Duration.ofSeconds(10));
    if (snapshot != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, snapshot);
    }
    System.out.println(
        "heap of at most "
            + Runtime.getRuntime().maxMemory() / MemorySize.ofMebiBytes(1).getBytes()
            + " MiB, native budget "
            + NATIVE_BUDGET);
    JobClient job = start(configuration);
    CompletableFuture<?> end = job.getJobExecutionResult();
    Set<Long> told = new TreeSet<>();
    while (true) {
      tellCheckpoints((LocalJobClient) job, told);
      noteMemory();
      try {
        end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        System.out.println("DONE all values are right; resident at most " + mostMemoryMiB + " MiB");
        return;
      } catch (TimeoutException e) {
        // it runs on
      }
    }
  }

  private void cycles(int count) throws Exception {
    if (count < WARM_UP_CYCLES + 2 * COMPARED_CYCLES) {
      throw new IllegalArgumentException(
          "at least "
              + (WARM_UP_CYCLES + 2 * COMPARED_CYCLES)
              + " cycles: the last "
              + COMPARED_CYCLES
              + " are compared with as many behind the first "
              + WARM_UP_CYCLES);
    }
    List<Long> resident = new ArrayList<>();
    for (int cycle = 1; cycle <= count; cycle++) {
      start(configuration(Duration.ofMillis(200))).getJobExecutionResult().get();
      System.gc();
      resident.add(memoryMiB("VmRSS"));
      System.out.println("cycle " + cycle + ": resident " + resident.get(cycle - 1) + " MiB");
    }
    long first = median(resident.subList(WARM_UP_CYCLES, WARM_UP_CYCLES + COMPARED_CYCLES));
    long last = median(resident.subList(count - COMPARED_CYCLES, count));
    double growth = 100.0 * (last - first) / first;
    System.out.printf(
        "DONE from %d MiB behind %d cycles to %d MiB at the end of %d: %+.1f %%%n",
        first, WARM_UP_CYCLES, last, count, growth);
    if (growth > MAX_GROWTH_PERCENT) {
      throw new IllegalStateException(
          "resident memory has grown by more than " + MAX_GROWTH_PERCENT + " %");
    }
  }

  /** A single figure may be that of a moment in which a file is still being given back. */
  private static long median(List<Long> figures) {
    return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElseThrow();
  }

  private Configuration configuration(Duration interval) {
    return new Configuration()
        .set(CoreOptions.DEFAULT_PARALLELISM, 2)
        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval)
        .set(
            CheckpointingOptions.CHECKPOINTS_DIRECTORY,
            directory.resolve("checkpoints").toUri().toString())
        .set(
            CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
            ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION)
        .set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true)
        .set(StateBackendOptions.STATE_BACKEND, "rocksdb")
        .set(RocksDBOptions.LOCAL_DIRECTORIES, directory.resolve("databases").toString())
        .set(RocksDBOptions.FIX_PER_TM_MEMORY_SIZE, NATIVE_BUDGET)
        .set(RestartStrategyOptions.RESTART_STRATEGY, "none");
  }

  private JobClient start(Configuration configuration) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    new TwoPasses(keys, directory.resolve("output")).define(env);
    return env.executeAsync("large-state");
  }

  private static void tellCheckpoints(LocalJobClient job, Set<Long> told) throws CatalogException {
    List<CheckpointRecord> newest = job.checkpoints(10);
    for (int i = newest.size() - 1; i >= 0; i--) {
      CheckpointRecord each = newest.get(i);
      if (each.status() != CheckpointStatus.IN_PROGRESS && told.add(each.id())) {
        long written = each.vertices().stream().mapToLong(vertex -> vertex.stateBytes()).sum();
        long sync =
            each.vertices().stream()
                .flatMap(vertex -> vertex.subtasks().stream())
                .mapToLong(SubtaskRecord::syncMillis)
                .max()
                .orElse(0);
        System.out.printf(
            "CHECKPOINT %d %s %.2f GB in full, %.2f GB written, %d ms, synchronous part %d ms %s%n",
            each.id(),
            each.status(),
            each.stateBytes() / 1e9,
            written / 1e9,
            each.endedMillis() - each.triggeredMillis(),
            sync,
            each.path());
      }
    }
  }

  private void noteMemory() throws IOException {
    long present = memoryMiB("VmHWM");
    if (present > mostMemoryMiB + 20) {
      System.out.println("resident at most " + present + " MiB");
      mostMemoryMiB = present;
    }
  }

  /** What Linux says of this process. */
  private static long memoryMiB(String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
      }
    }
    throw new IOException("no " + name + " in /proc/self/status");
  }
}
