package io.weir.plan;

import io.weir.api.graph.Partitioning;

/**
 * Which new subtask may get a record that was in flight when the parallelism changed; it follows
 * from how the edge spreads records.
 */
public enum RescaleMapping {
  /** The owners of the key groups that the old subtask had; each keeps what is its own. */
  RANGE,
  /** Any: the old subtasks are dealt out in turn. */
  ROUND_ROBIN,
  /** The first. */
  FIRST,
  /** Every one, since only the author's function knows; each keeps what is its own. */
  FULL,
  /** None: the order or the copies of the records would be lost, so nothing may be in flight. */
  UNSUPPORTED;

  static RescaleMapping of(Partitioning partitioning) {
    return partitioning.accept(new OfPartitioning());
  }

  private static final class OfPartitioning implements Partitioning.Visitor<RescaleMapping> {
    @Override
    public RescaleMapping forward() {
      return UNSUPPORTED;
    }

    @Override
    public RescaleMapping rebalance() {
      return ROUND_ROBIN;
    }

    @Override
    public RescaleMapping shuffle() {
      return ROUND_ROBIN;
    }

    @Override
    public RescaleMapping rescale() {
      return UNSUPPORTED;
    }

    @Override
    public RescaleMapping broadcast() {
      return UNSUPPORTED;
    }

    @Override
    public RescaleMapping global() {
      return FIRST;
    }

    @Override
    public <T, K> RescaleMapping hash(Partitioning.Hash<T, K> partitioning) {
      return RANGE;
    }

    @Override
    public <T, K> RescaleMapping custom(Partitioning.Custom<T, K> partitioning) {
      return FULL;
    }
  }
}
