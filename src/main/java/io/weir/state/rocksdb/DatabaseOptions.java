package io.weir.state.rocksdb;

import io.weir.config.ConfigOption;
import io.weir.config.Configuration;
import io.weir.config.MemorySize;
import io.weir.config.RocksDBConfigurableOptions;
import io.weir.config.RocksDBOptions;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;

/**
 * Makes the options of one database out of a job's configuration. What is set by name wins over the
 * predefined set, and that over the defaults.
 */
final class DatabaseOptions {
  /**
   * Every checkpoint leaves a small table in the first level. With filters a read passes most of
   * them by at little cost, so many may come together before the next level is written anew, which
   * the following checkpoint must then upload.
   */
  private static final int FIRST_LEVEL_TABLES = 16;

  private static final String SPINNING = "SPINNING_DISK_OPTIMIZED";
  private static final String SPINNING_HIGH_MEMORY = "SPINNING_DISK_OPTIMIZED_HIGH_MEM";

  private final Configuration job;
  private final String predefined;
  private final NativeMemory memory;

  /**
   * @param memory the budget that the database is charged to; null for one of its own
   */
  DatabaseOptions(Configuration job, NativeMemory memory) {
    this.job = job;
    this.predefined = job.get(RocksDBOptions.PREDEFINED_OPTIONS);
    this.memory = memory;
  }

  /** The options of the whole database; the caller owns them. */
  DBOptions database() {
    DBOptions options =
        new DBOptions()
            .setCreateIfMissing(true)
            .setUseFsync(false)
            .setAvoidFlushDuringShutdown(true)
            .setSkipStatsUpdateOnDbOpen(true)
            .setStatsDumpPeriodSec(0)
            .setStatsPersistPeriodSec(0)
            .setMaxBackgroundJobs(
                job.get(
                    RocksDBConfigurableOptions.MAX_BACKGROUND_THREADS,
                    predefined.equals("DEFAULT")
                        ? RocksDBConfigurableOptions.MAX_BACKGROUND_THREADS.defaultValue()
                        : 4))
            .setMaxOpenFiles(job.get(RocksDBConfigurableOptions.MAX_OPEN_FILES))
            .setInfoLogLevel(InfoLogLevel.valueOf(job.get(RocksDBConfigurableOptions.LOG_LEVEL)))
            .setMaxLogFileSize(bytes(RocksDBConfigurableOptions.LOG_MAX_FILE_SIZE))
            .setKeepLogFileNum(job.get(RocksDBConfigurableOptions.LOG_FILE_NUM));
    job.getOptional(RocksDBConfigurableOptions.LOG_DIR).ifPresent(options::setDbLogDir);
    if (memory != null) {
      options.setWriteBufferManager(memory.writeBuffers());
    }
    return options;
  }

  /**
   * The options of each column family; the caller owns them.
   *
   * @param owned takes what the options refer to, to be closed after them
   */
  ColumnFamilyOptions columnFamily(List<AutoCloseable> owned) {
    boolean dynamic = predefined.startsWith(SPINNING);
    boolean highMemory = predefined.equals(SPINNING_HIGH_MEMORY);
    ColumnFamilyOptions options = new ColumnFamilyOptions();
    if (filters(highMemory)) {
      options
          .setLevel0FileNumCompactionTrigger(FIRST_LEVEL_TABLES)
          .setLevel0SlowdownWritesTrigger(2 * FIRST_LEVEL_TABLES)
          .setLevel0StopWritesTrigger(3 * FIRST_LEVEL_TABLES);
    }
    return options
        .setCompactionStyle(
            CompactionStyle.valueOf(job.get(RocksDBConfigurableOptions.COMPACTION_STYLE)))
        .setLevelCompactionDynamicLevelBytes(
            job.get(RocksDBConfigurableOptions.USE_DYNAMIC_LEVEL_SIZE, dynamic))
        .setCompressionPerLevel(compression())
        .setTargetFileSizeBase(
            bytes(RocksDBConfigurableOptions.TARGET_FILE_SIZE_BASE, highMemory ? 256 : 64))
        .setMaxBytesForLevelBase(
            bytes(RocksDBConfigurableOptions.MAX_SIZE_LEVEL_BASE, highMemory ? 1024 : 256))
        .setWriteBufferSize(bytes(RocksDBConfigurableOptions.WRITE_BUFFER_SIZE))
        .setMaxWriteBufferNumber(
            job.get(RocksDBConfigurableOptions.MAX_WRITE_BUFFER_NUMBER, highMemory ? 4 : 2))
        .setMinWriteBufferNumberToMerge(
            job.get(
                RocksDBConfigurableOptions.MIN_WRITE_BUFFER_NUMBER_TO_MERGE, highMemory ? 3 : 1))
        .setTableFormatConfig(table(highMemory, owned));
  }

  private BlockBasedTableConfig table(boolean highMemory, List<AutoCloseable> owned) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockSize(
                job.getOptional(RocksDBConfigurableOptions.BLOCK_SIZE)
                    .orElse(MemorySize.ofKibiBytes(highMemory ? 128 : 4))
                    .getBytes())
            .setMetadataBlockSize(bytes(RocksDBConfigurableOptions.METADATA_BLOCK_SIZE))
            .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash);
    if (filters(highMemory)) {
      BloomFilter filter =
          new BloomFilter(job.get(RocksDBConfigurableOptions.BLOOM_FILTER_BITS_PER_KEY));
      owned.add(filter);
      table.setFilterPolicy(filter);
    }
    if (memory == null) {
      LRUCache cache =
          new LRUCache(bytes(RocksDBConfigurableOptions.BLOCK_CACHE_SIZE, highMemory ? 256 : 8));
      owned.add(cache);
      return table.setBlockCache(cache);
    }
    table
        .setBlockCache(memory.cache())
        .setCacheIndexAndFilterBlocks(true)
        .setCacheIndexAndFilterBlocksWithHighPriority(true)
        .setPinL0FilterAndIndexBlocksInCache(true);
    if (job.get(RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS)) {
      table
          .setIndexType(IndexType.kTwoLevelIndexSearch)
          .setPartitionFilters(job.get(RocksDBConfigurableOptions.USE_BLOOM_FILTER))
          .setPinTopLevelIndexAndFilter(true);
    }
    return table;
  }

  private boolean filters(boolean highMemory) {
    return job.get(RocksDBConfigurableOptions.USE_BLOOM_FILTER, highMemory);
  }

  /** One for each of the seven levels, the last one named counts for all deeper ones. */
  private List<CompressionType> compression() {
    List<String> named = job.get(RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL);
    List<CompressionType> levels = new ArrayList<>();
    for (int level = 0; level < 7; level++) {
      levels.add(CompressionType.valueOf(named.get(Math.min(level, named.size() - 1))));
    }
    return levels;
  }

  private long bytes(ConfigOption<MemorySize> option) {
    return job.get(option).getBytes();
  }

  private long bytes(ConfigOption<MemorySize> option, int otherwiseMebiBytes) {
    return job.get(option, MemorySize.ofMebiBytes(otherwiseMebiBytes)).getBytes();
  }
}
