package io.weir.engine.output;

import io.weir.api.functions.KeySelector;
import io.weir.api.functions.Partitioner;
import io.weir.engine.channel.Channel;
import io.weir.engine.operator.OperatorException;
import io.weir.serial.Serializer;

/** Each record to the channel that the author's partitioner names. */
final class CustomOutput<T, K> extends EdgeOutput<T> {
  private final Partitioner<K> partitioner;
  private final KeySelector<T, K> keySelector;
  private final String operatorName;

  CustomOutput(
      Channel[] channels,
      TaskOutputs outputs,
      Serializer<T> copier,
      Partitioner<K> partitioner,
      KeySelector<T, K> keySelector,
      String operatorName) {
    super(channels, outputs, copier);
    this.partitioner = partitioner;
    this.keySelector = keySelector;
    this.operatorName = operatorName;
  }

  @Override
  public void emit(T value, long timestamp) {
    send(partitionOf(value), value, timestamp);
  }

  private int partitionOf(T value) {
    int partition;
    try {
      partition = partitioner.partition(keySelector.getKey(value), channelCount());
    } catch (Exception e) {
      throw new OperatorException(operatorName, e);
    }
    if (partition < 0 || partition >= channelCount()) {
      throw new OperatorException(
          operatorName,
          new IndexOutOfBoundsException(
              "the partitioner returned " + partition + " for " + channelCount() + " partitions"));
    }
    return partition;
  }
}
