package io.weir.plan;

import io.weir.api.graph.Partitioning;

/** Which producing subtask has a channel to which consuming subtask. */
public final class Distribution implements Partitioning.Visitor<Boolean> {
  private final int producer;
  private final int producers;
  private final int consumer;
  private final int consumers;

  private Distribution(int producer, int producers, int consumer, int consumers) {
    this.producer = producer;
    this.producers = producers;
    this.consumer = consumer;
    this.consumers = consumers;
  }

  /** Whether this producing subtask of so many feeds this consuming one of so many. */
  public static boolean joins(
      Partitioning partitioning, int producer, int producers, int consumer, int consumers) {
    return partitioning.accept(new Distribution(producer, producers, consumer, consumers));
  }

  @Override
  public Boolean forward() {
    return producer == consumer;
  }

  /**
   * Flink's pointwise pattern: the larger side is split into runs, one for each of the smaller
   * side.
   */
  @Override
  public Boolean rescale() {
    if (producers >= consumers) {
      return producer >= consumer * producers / consumers
          && producer < (consumer + 1) * producers / consumers;
    }
    int first = (producer * consumers + producers - 1) / producers;
    int end = ((producer + 1) * consumers + producers - 1) / producers;
    return consumer >= first && consumer < end;
  }

  @Override
  public Boolean rebalance() {
    return true;
  }

  @Override
  public Boolean shuffle() {
    return true;
  }

  @Override
  public Boolean broadcast() {
    return true;
  }

  @Override
  public Boolean global() {
    return true;
  }

  @Override
  public <T, K> Boolean hash(Partitioning.Hash<T, K> partitioning) {
    return true;
  }

  @Override
  public <T, K> Boolean custom(Partitioning.Custom<T, K> partitioning) {
    return true;
  }
}
