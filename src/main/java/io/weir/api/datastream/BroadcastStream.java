package io.weir.api.datastream;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.state.MapStateDescriptor;
import java.util.List;
import java.util.Objects;

/**
 * A stream whose records every subtask gets, to keep them in broadcast state.
 *
 * @param <T> type of the records
 */
public class BroadcastStream<T> {
  private final StreamExecutionEnvironment environment;
  private final DataStream<T> inputStream;
  private final List<MapStateDescriptor<?, ?>> broadcastStateDescriptors;

  BroadcastStream(
      StreamExecutionEnvironment environment,
      DataStream<T> inputStream,
      List<MapStateDescriptor<?, ?>> broadcastStateDescriptors) {
    this.environment = Objects.requireNonNull(environment, "environment");
    this.inputStream = Objects.requireNonNull(inputStream, "inputStream");
    this.broadcastStateDescriptors = List.copyOf(broadcastStateDescriptors);
  }

  public StreamExecutionEnvironment getEnvironment() {
    return environment;
  }

  /** The states that the connected function may use. */
  public List<MapStateDescriptor<?, ?>> getBroadcastStateDescriptors() {
    return broadcastStateDescriptors;
  }

  DataStream<T> inputStream() {
    return inputStream;
  }
}
