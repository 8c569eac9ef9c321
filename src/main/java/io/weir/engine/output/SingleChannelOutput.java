package io.weir.engine.output;

import io.weir.engine.channel.Channel;
import io.weir.serial.Serializer;

/** All records to the first channel: a forward edge has only one, a global edge uses only one. */
final class SingleChannelOutput<T> extends EdgeOutput<T> {

  SingleChannelOutput(Channel[] channels, TaskOutputs outputs, Serializer<T> copier) {
    super(channels, outputs, copier);
  }

  @Override
  public void emit(T value, long timestamp) {
    send(0, value, timestamp);
  }
}
