package io.weir.plan;

import static io.weir.snapshot.RescaleMapping.FIRST;
import static io.weir.snapshot.RescaleMapping.FULL;
import static io.weir.snapshot.RescaleMapping.RANGE;
import static io.weir.snapshot.RescaleMapping.ROUND_ROBIN;
import static io.weir.snapshot.RescaleMapping.UNSUPPORTED;

import io.weir.api.graph.Partitioning;
import io.weir.snapshot.RescaleMapping;

/** How the records in flight on an edge are spread when the parallelism changes. */
final class MappingOf implements Partitioning.Visitor<RescaleMapping> {
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
