package io.weir.engine.output;

import io.weir.engine.channel.Channel;
import io.weir.serial.Serializer;
import java.util.SplittableRandom;

/** Each record to a channel at random. */
final class ShuffleOutput<T> extends EdgeOutput<T> {
  private final SplittableRandom random;

  ShuffleOutput(Channel[] channels, TaskOutputs outputs, Serializer<T> copier, long seed) {
    super(channels, outputs, copier);
    this.random = new SplittableRandom(seed);
  }

  @Override
  public void emit(T value, long timestamp) {
    send(random.nextInt(channelCount()), value, timestamp);
  }
}
