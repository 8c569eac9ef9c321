package io.weir.config;

/** {@code state.backend.*}: where keyed state lives while a job runs. */
public final class StateBackendOptions {

  private StateBackendOptions() {}

  public static final ConfigOption<String> STATE_BACKEND =
      ConfigOptions.key("state.backend.type")
          .oneOf("hashmap", "rocksdb")
          .defaultValue("hashmap")
          .withFallbackKeys("state.backend")
          .withAlias("filesystem", "hashmap")
          .withAlias("jobmanager", "hashmap")
          .withRefusal(
              "forst",
              "Weir has no remote state store. Use rocksdb with"
                  + " execution.checkpointing.incremental = true.")
          .withDescription(
              "hashmap keeps state on the heap; rocksdb keeps it in an embedded database on disk, for"
                  + " state larger than memory.");
}
