package io.weir.engine.output;

import io.weir.engine.channel.Channel;
import io.weir.serial.Serializer;

/** Each record to the next channel: rebalance and rescale edges. */
final class RoundRobinOutput<T> extends EdgeOutput<T> {
  private int next;

  /**
   * @param first the channel of the first record: differs between producers, so that they do not
   *     all begin with the same consumer
   */
  RoundRobinOutput(Channel[] channels, TaskOutputs outputs, Serializer<T> copier, int first) {
    super(channels, outputs, copier);
    this.next = first % channels.length;
  }

  @Override
  public void emit(T value, long timestamp) {
    send(next, value, timestamp);
    next = next + 1 == channelCount() ? 0 : next + 1;
  }
}
