package io.weir.engine.operator.sink;

import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.SinkWriter;
import io.weir.api.connector.StatefulSinkWriter;
import io.weir.api.connector.SupportsWriterState;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.engine.operator.OperatorContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sink's writer keeps over a restart.
 *
 * @param <I> the type of record
 * @param <S> the type of what is kept
 */
final class WriterStates<I, S> {
  private static final ListStateDescriptor<StoredValue> DESCRIPTOR =
      new ListStateDescriptor<>("writer-state", StoredValue.class);

  private final SupportsWriterState<I, S> sink;
  private final SimpleVersionedSerializer<S> serializer;
  private final ListState<StoredValue> state;
  private StatefulSinkWriter<I, S> writer;

  WriterStates(SupportsWriterState<I, S> sink, OperatorContext context) throws Exception {
    this.sink = sink;
    this.serializer = sink.getWriterStateSerializer();
    this.state = context.operatorState().getListState(DESCRIPTOR);
  }

  /** The writer with what was kept. */
  SinkWriter<I> restoreWriter(SinkContext context) throws Exception {
    List<S> recovered = new ArrayList<>();
    for (StoredValue stored : state.get()) {
      recovered.add(stored.read(serializer));
    }
    writer = sink.restoreWriter(context, recovered);
    return writer;
  }

  /** Takes a writer that was made without state. */
  @SuppressWarnings(
      "unchecked") // a sink with writer state declares the state's type once for all its writers
  void setWriter(SinkWriter<I> fresh) throws IOException {
    if (!(fresh instanceof StatefulSinkWriter)) {
      throw new IOException(
          "The sink %s supports writer state, so its writer %s must be a StatefulSinkWriter."
              .formatted(sink.getClass().getName(), fresh.getClass().getName()));
    }
    writer = (StatefulSinkWriter<I, S>) fresh;
  }

  void snapshot(long checkpointId) throws Exception {
    List<StoredValue> stored = new ArrayList<>();
    for (S value : writer.snapshotState(checkpointId)) {
      stored.add(StoredValue.of(checkpointId, value, serializer));
    }
    state.update(stored);
  }
}
