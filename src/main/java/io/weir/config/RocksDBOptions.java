package io.weir.config;

/** {@code state.backend.rocksdb.*}: the RocksDB state backend, without its database's tuning. */
public final class RocksDBOptions {
  private static final String PREFIX = "state.backend.rocksdb.";

  private RocksDBOptions() {}

  public static final ConfigOption<String> LOCAL_DIRECTORIES =
      ConfigOptions.key(PREFIX + "localdir")
          .stringType()
          .noDefaultValue()
          .withFallbackKeys("state.backend.rocksdb.checkpointdir")
          .withDescription(
              "Local directory of the databases; not set, a directory in the server's work area.");

  public static final ConfigOption<String> TIMER_SERVICE_FACTORY =
      ConfigOptions.key(PREFIX + "timer-service.factory")
          .oneOf("ROCKSDB", "HEAP")
          .defaultValue("ROCKSDB")
          .withDescription("Where timers live: in RocksDB, or on the heap.");

  public static final ConfigOption<Integer> ROCKSDB_TIMER_SERVICE_FACTORY_CACHE_SIZE =
      ConfigOptions.key(PREFIX + "timer-service.cache-size")
          .intType()
          .defaultValue(128)
          .withLimit(size -> size >= 1, "a whole number of at least 1")
          .withDescription("Timers of one key group that are cached on the heap.");

  public static final ConfigOption<Integer> CHECKPOINT_TRANSFER_THREAD_NUM =
      ConfigOptions.key(PREFIX + "checkpoint.transfer.thread.num")
          .intType()
          .defaultValue(4)
          .withLimit(threads -> threads >= 1, "a whole number of at least 1")
          .withDescription("Files of one backend that are transferred at once.");

  public static final ConfigOption<String> PREDEFINED_OPTIONS =
      ConfigOptions.key(PREFIX + "predefined-options")
          .oneOf(
              "DEFAULT",
              "SPINNING_DISK_OPTIMIZED",
              "SPINNING_DISK_OPTIMIZED_HIGH_MEM",
              "FLASH_SSD_OPTIMIZED")
          .defaultValue("DEFAULT")
          .withDescription("A set of database options that single options then override.");

  public static final ConfigOption<String> OPTIONS_FACTORY =
      ConfigOptions.key(PREFIX + "options-factory")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Class with a public no-argument constructor that sets database options.");

  public static final ConfigOption<Boolean> USE_MANAGED_MEMORY =
      ConfigOptions.key(PREFIX + "memory.managed")
          .booleanType()
          .defaultValue(true)
          .withDescription("Whether all databases share one memory budget.");

  public static final ConfigOption<MemorySize> FIX_PER_TM_MEMORY_SIZE =
      ConfigOptions.key(PREFIX + "memory.fixed-per-tm")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(256))
          .withDescription(
              "The memory budget of all databases in this server; Flink takes it from its managed"
                  + " memory, which a Jakarta EE server does not have.");

  public static final ConfigOption<MemorySize> FIX_PER_SLOT_MEMORY_SIZE =
      ConfigOptions.key(PREFIX + "memory.fixed-per-slot")
          .memoryType()
          .noDefaultValue()
          .withDescription("The memory budget of one slot.")
          .withoutEffect(
              "There is one budget per server: state.backend.rocksdb.memory.fixed-per-tm.");

  public static final ConfigOption<MemorySize> OBJECT_CACHE_SIZE =
      ConfigOptions.key(PREFIX + "memory.object-cache-size")
          .memoryType()
          .noDefaultValue()
          .withDescription(
              "The heap that decoded values in front of all databases of this server may take, which"
                  + " their backends share evenly; not set, a third of the heap. Not in Flink, which"
                  + " decodes a value each time it is used.");

  public static final ConfigOption<Double> WRITE_BUFFER_RATIO =
      ConfigOptions.key(PREFIX + "memory.write-buffer-ratio")
          .doubleType()
          .defaultValue(0.5)
          .withLimit(ratio -> ratio > 0 && ratio < 1, "a number between 0 and 1")
          .withDescription("The share of the budget that write buffers may take.");

  public static final ConfigOption<Double> HIGH_PRIORITY_POOL_RATIO =
      ConfigOptions.key(PREFIX + "memory.high-prio-pool-ratio")
          .doubleType()
          .defaultValue(0.1)
          .withLimit(ratio -> ratio >= 0 && ratio < 1, "a number from 0 to below 1")
          .withDescription("The share of the budget kept for indexes, filters and dictionaries.");

  public static final ConfigOption<Boolean> USE_PARTITIONED_INDEX_FILTERS =
      ConfigOptions.key(PREFIX + "memory.partitioned-index-filters")
          .booleanType()
          .defaultValue(false)
          .withDescription("Whether indexes and filters are split, so that parts can be evicted.");
}
