package io.weir.engine.output;

import io.weir.api.graph.Partitioning;
import io.weir.api.types.TypeInformation;
import io.weir.engine.channel.Channel;
import io.weir.engine.operator.Output;
import io.weir.serial.Serializer;
import java.util.List;

/**
 * Makes the near end of one edge for one producing subtask.
 *
 * @param channels to the consumers that this producer feeds, by subtask
 * @param type of the records, or null if it is not known
 * @param maxParallelism number of key groups of the consumer
 * @param subtask of the producer
 * @param seed for a random choice of channels
 * @param operatorName of the producer, for messages
 */
public record EdgeOutputs(
    List<Channel> channels,
    TaskOutputs outputs,
    TypeInformation<?> type,
    int maxParallelism,
    int subtask,
    long seed,
    String operatorName)
    implements Partitioning.Visitor<Output<?>> {

  @Override
  public Output<?> forward() {
    return new SingleChannelOutput<>(array(), outputs, copier());
  }

  @Override
  public Output<?> global() {
    return new SingleChannelOutput<>(array(), outputs, copier());
  }

  @Override
  public Output<?> rebalance() {
    return new RoundRobinOutput<>(array(), outputs, copier(), subtask);
  }

  @Override
  public Output<?> rescale() {
    return new RoundRobinOutput<>(array(), outputs, copier(), 0);
  }

  @Override
  public Output<?> shuffle() {
    return new ShuffleOutput<>(array(), outputs, copier(), seed);
  }

  @Override
  public Output<?> broadcast() {
    return new BroadcastOutput<>(array(), outputs, copier());
  }

  @Override
  public <T, K> Output<?> hash(Partitioning.Hash<T, K> partitioning) {
    return new HashOutput<T>(
        array(), outputs, copier(), partitioning.keySelector(), maxParallelism, operatorName);
  }

  @Override
  public <T, K> Output<?> custom(Partitioning.Custom<T, K> partitioning) {
    return new CustomOutput<T, K>(
        array(),
        outputs,
        copier(),
        partitioning.partitioner(),
        partitioning.keySelector(),
        operatorName);
  }

  private Channel[] array() {
    return channels.toArray(new Channel[0]);
  }

  @SuppressWarnings("unchecked")
  private <T> Serializer<T> copier() {
    return (Serializer<T>) RecordCopying.copierOf(type);
  }
}
