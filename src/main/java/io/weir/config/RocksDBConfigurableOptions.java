package io.weir.config;

import java.time.Duration;
import java.util.List;

/** {@code state.backend.rocksdb.*}: what is passed on to the database, and how it is restored. */
public final class RocksDBConfigurableOptions {
  private static final String PREFIX = "state.backend.rocksdb.";

  private RocksDBConfigurableOptions() {}

  public static final ConfigOption<Integer> MAX_BACKGROUND_THREADS =
      ConfigOptions.key(PREFIX + "thread.num")
          .intType()
          .defaultValue(2)
          .withDescription("Threads for background flushes and compactions.");

  public static final ConfigOption<Integer> MAX_OPEN_FILES =
      ConfigOptions.key(PREFIX + "files.open")
          .intType()
          .defaultValue(-1)
          .withDescription("Files that one database may hold open; -1 is no limit.");

  public static final ConfigOption<String> COMPACTION_STYLE =
      ConfigOptions.key(PREFIX + "compaction.style")
          .oneOf("LEVEL", "UNIVERSAL", "FIFO", "NONE")
          .defaultValue("LEVEL")
          .withDescription("The compaction style.");

  public static final ConfigOption<Boolean> USE_DYNAMIC_LEVEL_SIZE =
      ConfigOptions.key(PREFIX + "compaction.level.use-dynamic-size")
          .booleanType()
          .defaultValue(false)
          .withDescription("Whether the database chooses the target size of each level.");

  public static final ConfigOption<List<String>> COMPRESSION_PER_LEVEL =
      ConfigOptions.key(PREFIX + "compression.per.level")
          .oneOf("SNAPPY_COMPRESSION", "LZ4_COMPRESSION", "ZSTD_COMPRESSION", "NO_COMPRESSION")
          .asList()
          .defaultValue(List.of("SNAPPY_COMPRESSION"))
          .withDescription(
              "The compression of each level; the last one counts for all deeper ones.");

  public static final ConfigOption<MemorySize> TARGET_FILE_SIZE_BASE =
      ConfigOptions.key(PREFIX + "compaction.level.target-file-size-base")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(64))
          .withDescription("Target size of a file in level 1.");

  public static final ConfigOption<MemorySize> MAX_SIZE_LEVEL_BASE =
      ConfigOptions.key(PREFIX + "compaction.level.max-size-level-base")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(256))
          .withDescription("Largest total size of level 1.");

  public static final ConfigOption<MemorySize> WRITE_BUFFER_SIZE =
      ConfigOptions.key(PREFIX + "writebuffer.size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(64))
          .withDescription("Size at which a write buffer is flushed to a file.");

  public static final ConfigOption<Integer> MAX_WRITE_BUFFER_NUMBER =
      ConfigOptions.key(PREFIX + "writebuffer.count")
          .intType()
          .defaultValue(2)
          .withDescription("Write buffers in memory, per state.");

  public static final ConfigOption<Integer> MIN_WRITE_BUFFER_NUMBER_TO_MERGE =
      ConfigOptions.key(PREFIX + "writebuffer.number-to-merge")
          .intType()
          .defaultValue(1)
          .withDescription("Write buffers that are merged before they are flushed.");

  public static final ConfigOption<MemorySize> BLOCK_SIZE =
      ConfigOptions.key(PREFIX + "block.blocksize")
          .memoryType()
          .defaultValue(MemorySize.ofKibiBytes(4))
          .withDescription("Size of a data block before compression.");

  public static final ConfigOption<MemorySize> METADATA_BLOCK_SIZE =
      ConfigOptions.key(PREFIX + "block.metadata-blocksize")
          .memoryType()
          .defaultValue(MemorySize.ofKibiBytes(4))
          .withDescription("Size of a block of a split index.");

  public static final ConfigOption<MemorySize> BLOCK_CACHE_SIZE =
      ConfigOptions.key(PREFIX + "block.cache-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(8))
          .withDescription("Cache of data blocks where databases share no memory budget.");

  public static final ConfigOption<MemorySize> WRITE_BATCH_SIZE =
      ConfigOptions.key(PREFIX + "write-batch-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(2))
          .withDescription("Size at which a write batch is written early.");

  public static final ConfigOption<Boolean> USE_BLOOM_FILTER =
      ConfigOptions.key(PREFIX + "use-bloom-filter")
          .booleanType()
          .defaultValue(false)
          .withDescription("Whether new files get a Bloom filter.");

  public static final ConfigOption<Double> BLOOM_FILTER_BITS_PER_KEY =
      ConfigOptions.key(PREFIX + "bloom-filter.bits-per-key")
          .doubleType()
          .defaultValue(10.0)
          .withDescription("Bits per key of a Bloom filter.");

  public static final ConfigOption<Boolean> BLOOM_FILTER_BLOCK_BASED_MODE =
      ConfigOptions.key(PREFIX + "bloom-filter.block-based-mode")
          .booleanType()
          .defaultValue(false)
          .withDescription("Whether a Bloom filter covers a block instead of a whole file.")
          .withoutEffect("RocksDB has removed this kind of filter.");

  public static final ConfigOption<String> LOG_LEVEL =
      ConfigOptions.key(PREFIX + "log.level")
          .oneOf(
              "DEBUG_LEVEL",
              "INFO_LEVEL",
              "WARN_LEVEL",
              "ERROR_LEVEL",
              "FATAL_LEVEL",
              "HEADER_LEVEL")
          .defaultValue("INFO_LEVEL")
          .withDescription("What the database writes to its own log.");

  public static final ConfigOption<String> LOG_DIR =
      ConfigOptions.key(PREFIX + "log.dir")
          .stringType()
          .noDefaultValue()
          .withDescription("Where that log stands; not set, beside the database.");

  public static final ConfigOption<MemorySize> LOG_MAX_FILE_SIZE =
      ConfigOptions.key(PREFIX + "log.max-file-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(25))
          .withDescription("Size at which a new log file begins.");

  public static final ConfigOption<Integer> LOG_FILE_NUM =
      ConfigOptions.key(PREFIX + "log.file-num")
          .intType()
          .defaultValue(4)
          .withDescription("Log files that are kept.");

  public static final ConfigOption<Double> RESTORE_OVERLAP_FRACTION_THRESHOLD =
      ConfigOptions.key(PREFIX + "restore-overlap-fraction-threshold")
          .doubleType()
          .defaultValue(0.0)
          .withLimit(fraction -> fraction >= 0 && fraction <= 1, "a number from 0 to 1")
          .withDescription(
              "After a change of parallelism, the least share of a restored database that a subtask"
                  + " must own to begin with that database instead of an empty one.");

  public static final ConfigOption<Boolean> USE_INGEST_DB_RESTORE_MODE =
      ConfigOptions.key(PREFIX + "use-ingest-db-restore-mode")
          .booleanType()
          .defaultValue(false)
          .withDescription("Whether databases are merged by ingesting their files.");

  public static final ConfigOption<Boolean> INCREMENTAL_RESTORE_ASYNC_COMPACT_AFTER_RESCALE =
      ConfigOptions.key(PREFIX + "incremental-restore-async-compact-after-rescale")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether a database is compacted in the background after a change of parallelism.");

  public static final ConfigOption<Boolean> USE_DELETE_FILES_IN_RANGE_DURING_RESCALING =
      ConfigOptions.key(PREFIX + "rescaling.use-delete-files-in-range")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether key groups that a subtask gave up are removed by deleting whole files; off in"
                  + " Flink.");

  public static final ConfigOption<Long> COMPACT_FILTER_QUERY_TIME_AFTER_NUM_ENTRIES =
      ConfigOptions.key(PREFIX + "compaction.filter.query-time-after-num-entries")
          .longType()
          .defaultValue(1000L)
          .withDescription(
              "Entries that the clean-up of expired state visits between two looks at the clock.");

  public static final ConfigOption<Duration> COMPACT_FILTER_PERIODIC_COMPACTION_TIME =
      ConfigOptions.key(PREFIX + "compaction.filter.periodic-compaction-time")
          .durationType()
          .defaultValue(Duration.ofDays(30))
          .withDescription("Age at which a file is compacted, so that its expired state goes.");
}
