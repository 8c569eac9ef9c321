package io.weir.api.state;

import java.util.Objects;
import java.util.Optional;

/** Keeps state in RocksDB on local disk, for state larger than memory. */
public final class EmbeddedRocksDBStateBackend implements StateBackend {
  private static final long serialVersionUID = 1L;

  /** Null when nothing was said. */
  private final Boolean incremental;

  /** Leaves it to the configuration whether checkpoints are incremental. */
  public EmbeddedRocksDBStateBackend() {
    this.incremental = null;
  }

  /**
   * Says whether checkpoints are incremental.
   *
   * @param enableIncrementalCheckpointing whether a checkpoint uploads only what is new since the
   *     last one
   */
  public EmbeddedRocksDBStateBackend(boolean enableIncrementalCheckpointing) {
    this.incremental = enableIncrementalCheckpointing;
  }

  @Override
  public String getName() {
    return "rocksdb";
  }

  /** Whether checkpoints are incremental; empty to leave it to the configuration. */
  public Optional<Boolean> getIncremental() {
    return Optional.ofNullable(incremental);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EmbeddedRocksDBStateBackend that
        && Objects.equals(incremental, that.incremental);
  }

  @Override
  public int hashCode() {
    return Objects.hash(incremental);
  }
}
