package io.weir.api.functions;

/**
 * Chooses the subtask to which a record goes.
 *
 * @param <K> type of the value by which it is chosen
 */
@FunctionalInterface
public interface Partitioner<K> extends Function {
  /**
   * Chooses a subtask.
   *
   * @param key value by which the subtask is chosen
   * @param numPartitions number of subtasks
   * @return index of the subtask, from 0 to {@code numPartitions - 1}
   */
  int partition(K key, int numPartitions);
}
