package io.weir.engine.output;

import io.weir.api.functions.KeySelector;
import io.weir.engine.channel.Channel;
import io.weir.engine.operator.OperatorException;
import io.weir.serial.Serializer;
import io.weir.snapshot.KeyGroups;

/** Each record to the channel whose consumer owns the key group of the record's key. */
final class HashOutput<T> extends EdgeOutput<T> {
  private final KeySelector<T, ?> keySelector;
  private final String operatorName;
  private final int[] channelOfKeyGroup;

  HashOutput(
      Channel[] channels,
      TaskOutputs outputs,
      Serializer<T> copier,
      KeySelector<T, ?> keySelector,
      int maxParallelism,
      String operatorName) {
    super(channels, outputs, copier);
    this.keySelector = keySelector;
    this.operatorName = operatorName;
    this.channelOfKeyGroup = new int[maxParallelism];
    for (int keyGroup = 0; keyGroup < maxParallelism; keyGroup++) {
      channelOfKeyGroup[keyGroup] = KeyGroups.subtaskOf(keyGroup, maxParallelism, channels.length);
    }
  }

  @Override
  public void emit(T value, long timestamp) {
    Object key = keyOf(value);
    send(channelOfKeyGroup[KeyGroups.keyGroupOf(key, channelOfKeyGroup.length)], value, timestamp);
  }

  private Object keyOf(T value) {
    Object key;
    try {
      key = keySelector.getKey(value);
    } catch (Exception e) {
      throw new OperatorException(operatorName, e);
    }
    if (key == null) {
      throw new OperatorException(
          operatorName,
          new NullPointerException(
              "the key selector returned null for the record "
                  + value
                  + "; keys must not be null"));
    }
    return key;
  }
}
