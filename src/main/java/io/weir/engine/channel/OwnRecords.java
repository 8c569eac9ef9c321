package io.weir.engine.channel;

import io.weir.api.functions.KeySelector;
import io.weir.api.graph.Partitioning;
import io.weir.snapshot.KeyGroups;

/**
 * Which of the records that were in flight to an old subtask belong to a new one.
 *
 * @param subtask the new one
 * @param parallelism the new one
 * @param maxParallelism number of key groups
 */
record OwnRecords(int subtask, int parallelism, int maxParallelism)
    implements Partitioning.Visitor<OwnRecords.Rule> {

  /** Tells the subtask's own records from others'. */
  @FunctionalInterface
  interface Rule {
    boolean isOwn(Object value) throws Exception;
  }

  private static final Rule ALL = value -> true;

  @Override
  public Rule forward() {
    return ALL;
  }

  @Override
  public Rule rebalance() {
    return ALL;
  }

  @Override
  public Rule shuffle() {
    return ALL;
  }

  @Override
  public Rule rescale() {
    return ALL;
  }

  @Override
  public Rule broadcast() {
    return ALL;
  }

  @Override
  public Rule global() {
    return ALL;
  }

  @Override
  @SuppressWarnings("unchecked") // the records are those of the edge
  public <T, K> Rule hash(Partitioning.Hash<T, K> partitioning) {
    KeySelector<T, K> selector = partitioning.keySelector();
    return value -> {
      int keyGroup = KeyGroups.keyGroupOf(selector.getKey((T) value), maxParallelism);
      return KeyGroups.subtaskOf(keyGroup, maxParallelism, parallelism) == subtask;
    };
  }

  @Override
  @SuppressWarnings("unchecked") // the records are those of the edge
  public <T, K> Rule custom(Partitioning.Custom<T, K> partitioning) {
    return value ->
        partitioning
                .partitioner()
                .partition(partitioning.keySelector().getKey((T) value), parallelism)
            == subtask;
  }
}
