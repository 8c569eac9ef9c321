package io.weir.engine.output;

import io.weir.api.types.OutputTag;
import io.weir.engine.channel.Channel;
import io.weir.engine.channel.ChannelEvent;
import io.weir.engine.operator.Output;
import io.weir.serial.Serializer;

/** Sends over one edge of the plan: to one or several channels, which the subclass chooses. */
abstract class EdgeOutput<T> implements Output<T> {
  private final Channel[] channels;
  private final TaskOutputs outputs;

  /** Null if records are immutable and can be shared. */
  private final Serializer<T> copier;

  EdgeOutput(Channel[] channels, TaskOutputs outputs, Serializer<T> copier) {
    this.channels = channels;
    this.outputs = outputs;
    this.copier = copier;
  }

  final int channelCount() {
    return channels.length;
  }

  final void send(int channel, T value, long timestamp) {
    T sent = copier == null ? value : copier.copy(value);
    if (!channels[channel].emit(sent, timestamp)) {
      outputs.markFull();
    }
  }

  /** Side outputs have edges of their own. */
  @Override
  public final <X> void emitSide(OutputTag<X> tag, X value, long timestamp) {}

  @Override
  public final void emitWatermark(long timestamp) {
    sendToAll(new ChannelEvent.Watermark(timestamp));
  }

  @Override
  public final void emitIdleness(boolean idle) {
    sendToAll(new ChannelEvent.Idleness(idle));
  }

  private void sendToAll(ChannelEvent event) {
    for (Channel channel : channels) {
      if (!channel.emitEvent(event)) {
        outputs.markFull();
      }
    }
  }
}
