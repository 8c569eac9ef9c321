package io.weir.job.local;

import io.weir.api.environment.JobClient;
import io.weir.api.environment.JobExecutor;
import io.weir.api.environment.RestoreReport;
import io.weir.api.graph.Transformation;
import io.weir.config.CheckpointingOptions;
import io.weir.config.ConfigCatalog;
import io.weir.config.Configuration;
import io.weir.engine.Clock;
import io.weir.job.Dispatcher;
import io.weir.job.description.JobDefinitions;
import io.weir.job.surroundings.ConfiguredStorages;
import io.weir.job.surroundings.JobNameTakenException;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.snapshot.JobId;
import io.weir.state.heap.HeapStateBackendFactory;
import io.weir.state.rocksdb.RocksDBStateBackendFactory;
import io.weir.storage.ObjectStorages;
import io.weir.storage.file.FileStorageProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs in this process with plain threads: what {@code execute()} in a {@code main} method
 * uses. The catalog lives in memory; checkpoints go to the configured directory, or else to a
 * temporary one.
 */
public final class LocalJobExecutor implements JobExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(LocalJobExecutor.class);
  private static final Clock CLOCK = new SystemClock();

  /** The names of the jobs of this process that have not ended. */
  private static final Set<String> RUNNING = ConcurrentHashMap.newKeySet();

  @Override
  public JobClient submit(
      String jobName, List<Transformation<?>> transformations, Configuration configuration)
      throws Exception {
    ObjectStorages storages = ConfiguredStorages.of(configuration, UnaryOperator.identity());
    LocalThreads threads = new LocalThreads(jobName, () -> close(storages));
    Path work = Path.of(System.getProperty("java.io.tmpdir"), "weir-" + UUID.randomUUID());
    RocksDBStateBackendFactory rocksdb =
        new RocksDBStateBackendFactory(work.resolve("rocksdb"), threads.blocking(), configuration);
    Dispatcher dispatcher = dispatcher(threads, storages, work, rocksdb, configuration);
    if (!RUNNING.add(jobName)) {
      threads.shutDown();
      throw new JobNameTakenException(jobName);
    }
    try {
      JobId id = dispatcher.submit(jobName, transformations, configuration);
      return new LocalJobClient(
          dispatcher,
          id,
          dispatcher.ended(id).whenComplete((status, failure) -> end(jobName, threads, rocksdb)));
    } catch (Exception | Error e) {
      end(jobName, threads, rocksdb);
      throw e;
    }
  }

  @Override
  public RestoreReport dryRun(
      String jobName,
      List<Transformation<?>> transformations,
      Configuration configuration,
      boolean openFunctions)
      throws Exception {
    ObjectStorages storages = ConfiguredStorages.of(configuration, UnaryOperator.identity());
    LocalThreads threads = new LocalThreads(jobName, () -> close(storages));
    Path work = Path.of(System.getProperty("java.io.tmpdir"), "weir-" + UUID.randomUUID());
    try (RocksDBStateBackendFactory rocksdb =
        new RocksDBStateBackendFactory(work, threads.blocking(), configuration)) {
      return dispatcher(threads, storages, work, rocksdb, configuration)
          .dryRun(jobName, transformations, configuration, openFunctions);
    } finally {
      threads.shutDown();
    }
  }

  private static void end(
      String jobName, LocalThreads threads, RocksDBStateBackendFactory rocksdb) {
    RUNNING.remove(jobName);
    rocksdb.close();
    threads.shutDown();
  }

  private static void close(ObjectStorages storages) {
    try {
      storages.close();
    } catch (IOException e) {
      LOG.warn("A connection to storage was not closed in order: {}", e.getMessage());
    }
  }

  private static Dispatcher dispatcher(
      LocalThreads threads,
      ObjectStorages storages,
      Path work,
      RocksDBStateBackendFactory rocksdb,
      Configuration configuration) {
    Configuration settings = withLocalState(configuration, work);
    return new Dispatcher(
        new JobSurroundings(
            CLOCK,
            threads.actors(),
            threads.blocking(),
            threads.timers(CLOCK),
            new TaskThreads(threads.tasks(), CLOCK),
            new InMemoryCatalog(),
            storages,
            ObjectStorages.of(new FileStorageProvider()),
            List.of(new HeapStateBackendFactory(), rocksdb),
            function -> {},
            UUID::randomUUID,
            new SecureRandom(),
            "local"),
        settings,
        new JobDefinitions(
            settings, ConfigCatalog.weir(), work.resolve("checkpoints").toUri().toString()));
  }

  private static Configuration withLocalState(Configuration configuration, Path work) {
    return configuration.contains(CheckpointingOptions.LOCAL_BACKUP_DIRS)
        ? configuration
        : new Configuration(configuration)
            .set(
                CheckpointingOptions.LOCAL_BACKUP_DIRS,
                List.of(work.resolve("local-state").toString()));
  }
}
