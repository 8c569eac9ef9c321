package io.weir.state.rocksdb;

import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.config.MemorySize;
import io.weir.config.RocksDBConfigurableOptions;
import io.weir.config.RocksDBOptions;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.DatabaseKeyedState;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateReader;
import io.weir.state.KeyedBackendParameters;
import io.weir.state.KeyedBlocks;
import io.weir.state.KeyedSnapshotWriter;
import io.weir.state.KeyedStateBackend;
import io.weir.state.StateBackendFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes backends that keep state in RocksDB. One for each server: all backends share its memory.
 * Loads the native library and takes the memory when the first backend is made. Safe for use by
 * several threads.
 */
public final class RocksDBStateBackendFactory implements StateBackendFactory, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RocksDBStateBackendFactory.class);

  /** Where nothing is configured, this share of the heap may be taken by decoded values. */
  private static final int HEAP_SHARE = 3;

  /** Takes the place of an operator's name where a snapshot is only looked at. */
  private static final String LOOKED_AT = "snapshot that is looked at";

  private final Path workDirectory;
  private final Executor transfers;
  private final Configuration server;

  /** By their parents; guarded by this object. */
  private final Map<Path, ProcessDirectory> directories = new HashMap<>();

  /** Guarded by this object; null until the first backend is made. */
  private Shared shared;

  /** What all backends share. */
  private record Shared(NativeMemory memory, CacheBudget cache) {}

  /**
   * Does nothing yet.
   *
   * @param workDirectory where databases are, unless a job's configuration names another place; on
   *     a local disk
   * @param transfers runs the transfer of files, which may take long
   * @param server says how much memory all backends together may take
   */
  public RocksDBStateBackendFactory(Path workDirectory, Executor transfers, Configuration server) {
    this.workDirectory = workDirectory;
    this.transfers = transfers;
    this.server = server;
  }

  @Override
  public String name() {
    return "rocksdb";
  }

  @Override
  public StateBackendFactory configured(Configuration job) {
    return new StateBackendFactory() {
      @Override
      public String name() {
        return RocksDBStateBackendFactory.this.name();
      }

      @Override
      public <K> KeyedStateBackend<K> create(KeyedBackendParameters<K> parameters)
          throws IOException {
        return RocksDBStateBackendFactory.this.create(parameters, job);
      }
    };
  }

  @Override
  public <K> KeyedStateBackend<K> create(KeyedBackendParameters<K> parameters) throws IOException {
    return create(parameters, server);
  }

  /** Bytes of native memory that all databases together have taken from their budget. */
  public synchronized long nativeBytes() {
    return shared == null ? 0 : shared.memory.usedBytes();
  }

  /** The budget of native memory of all databases together. */
  public long nativeBudgetBytes() {
    return server.get(RocksDBOptions.FIX_PER_TM_MEMORY_SIZE).getBytes();
  }

  /**
   * Gives the memory back and removes all files, those of a database that a snapshot still needs
   * when that is done; to be called when no backend is left.
   */
  @Override
  public synchronized void close() {
    if (shared != null) {
      shared.memory.close();
      shared = null;
    }
    for (ProcessDirectory each : directories.values()) {
      try {
        each.close();
      } catch (IOException e) {
        LOG.warn("The local directory {} could not be given up: {}", each.path(), e.toString());
      }
    }
    directories.clear();
  }

  @Override
  public KeyedBlocks open(KeyedStateHandle handle, KeyGroupRange wanted, StateReader reader)
      throws IOException {
    if (!(handle instanceof DatabaseKeyedState)) {
      return StateBackendFactory.super.open(handle, wanted, reader);
    }
    ProcessDirectory process = directory(workDirectory);
    Shared common = shared(process.path());
    WorkDirectory directory = process.begin(LOOKED_AT);
    KeyedBackendParameters<?> parameters =
        new KeyedBackendParameters<>(
            LOOKED_AT,
            /* keyType= */ null,
            KeyGroups.MAX_PARALLELISM_LIMIT,
            handle.range(),
            List.of(handle),
            reader,
            () -> 0);
    Database database;
    try {
      database = restore(parameters, server, common, process, directory).database();
    } catch (IOException e) {
      // several files are read at once, and the first failure is wrapped
      throw e.getCause() instanceof CorruptStateException damaged ? damaged : e;
    }
    try {
      return new DatabaseBlocks(database, wanted);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private DatabaseRestore.Restored restore(
      KeyedBackendParameters<?> parameters,
      Configuration job,
      Shared common,
      ProcessDirectory process,
      WorkDirectory directory)
      throws IOException {
    try {
      DatabaseOptions options =
          new DatabaseOptions(
              job, job.get(RocksDBOptions.USE_MANAGED_MEMORY) ? common.memory : null);
      return new DatabaseRestore(parameters, job, options, directory, transfer(job), process.left())
          .restore();
    } catch (IOException | RuntimeException e) {
      directory.remove();
      throw e;
    }
  }

  private ParallelTransfer transfer(Configuration job) {
    return new ParallelTransfer(transfers, job.get(RocksDBOptions.CHECKPOINT_TRANSFER_THREAD_NUM));
  }

  private <K> KeyedStateBackend<K> create(KeyedBackendParameters<K> parameters, Configuration job)
      throws IOException {
    ProcessDirectory process =
        directory(
            job.getOptional(RocksDBOptions.LOCAL_DIRECTORIES).map(Path::of).orElse(workDirectory));
    Shared common = shared(process.path());
    WorkDirectory directory = process.begin(parameters.operatorName());
    DatabaseRestore.Restored restored = restore(parameters, job, common, process, directory);
    Database database = restored.database();
    try {
      int batchBytes = (int) job.get(RocksDBConfigurableOptions.WRITE_BATCH_SIZE).getBytes();
      RocksKeyedStateBackend.Settings settings = settings(job);
      ParallelTransfer transfer = transfer(job);
      return new RocksKeyedStateBackend<>(
          parameters,
          settings,
          directory,
          restored,
          new WriteBackCache(database, database.batch(batchBytes), common.cache),
          transfer,
          process::removeDead);
    } catch (RuntimeException e) {
      database.close(); // and with it the directory goes
      throw e;
    }
  }

  private static RocksKeyedStateBackend.Settings settings(Configuration job) {
    boolean onHeap = job.get(RocksDBOptions.TIMER_SERVICE_FACTORY).equals("HEAP");
    return new RocksKeyedStateBackend.Settings(
        job.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS),
        KeyedSnapshotWriter.compressionOf(job),
        onHeap
            ? Integer.MAX_VALUE
            : job.get(RocksDBOptions.ROCKSDB_TIMER_SERVICE_FACTORY_CACHE_SIZE));
  }

  private synchronized ProcessDirectory directory(Path parent) throws IOException {
    ProcessDirectory directory = directories.get(parent);
    if (directory == null) {
      directory = ProcessDirectory.open(parent);
      directories.put(parent, directory);
    }
    return directory;
  }

  private synchronized Shared shared(Path directory) throws IOException {
    if (shared == null) {
      NativeLibrary.load(directory);
      NativeMemory memory = new NativeMemory(server);
      long cacheBytes =
          server
              .getOptional(RocksDBOptions.OBJECT_CACHE_SIZE)
              .map(MemorySize::getBytes)
              .orElse(Runtime.getRuntime().maxMemory() / HEAP_SHARE);
      shared = new Shared(memory, new CacheBudget(cacheBytes));
      LOG.info(
          "RocksDB may take {} MiB of native memory in this server, of these {} MiB for write buffers ({}, {});"
              + " decoded values may take {} MiB of the heap ({})",
          memory.budgetBytes() >> 20,
          memory.writeBufferBytes() >> 20,
          RocksDBOptions.FIX_PER_TM_MEMORY_SIZE.key(),
          RocksDBOptions.WRITE_BUFFER_RATIO.key(),
          cacheBytes >> 20,
          RocksDBOptions.OBJECT_CACHE_SIZE.key());
    }
    return shared;
  }
}
