package io.weir.engine.output;

import io.weir.engine.channel.Channel;
import io.weir.serial.Serializer;

/** Each record to every channel. */
final class BroadcastOutput<T> extends EdgeOutput<T> {

  BroadcastOutput(Channel[] channels, TaskOutputs outputs, Serializer<T> copier) {
    super(channels, outputs, copier);
  }

  @Override
  public void emit(T value, long timestamp) {
    for (int channel = 0; channel < channelCount(); channel++) {
      send(channel, value, timestamp);
    }
  }
}
