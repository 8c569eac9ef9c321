package io.weir.engine.source;

import io.weir.api.connector.InputStatus;
import io.weir.api.connector.ProcessingTimeService;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Source;
import io.weir.api.connector.SourceEvent;
import io.weir.api.connector.SourceReader;
import io.weir.api.connector.SourceReaderContext;
import io.weir.api.connector.SourceSplit;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.api.metrics.MetricGroup;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.types.Types;
import io.weir.engine.operator.OperatorContext;
import io.weir.engine.operator.StreamOperator;
import io.weir.engine.output.RecordCounter;
import io.weir.engine.output.TaskOutputs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Reads a source in one subtask. The splits that the reader has, with their positions, are its
 * state: a list that is spread over the subtasks on restore.
 *
 * @param <T> the type of record
 * @param <S> the type of split
 */
public final class SourceOperator<T, S extends SourceSplit> extends StreamOperator
    implements SourceEventLetter.Receiver {
  /** Where the splits are kept. */
  public static final ListStateDescriptor<byte[]> SPLITS =
      new ListStateDescriptor<>("source-splits", Types.PRIMITIVE_ARRAY(Types.BYTE));

  private final Source<T, S, ?> source;
  private final WatermarkStrategy<T> watermarkStrategy;
  private final Consumer<SourceRequest> coordinator;
  private final Runnable wakeUp;

  private OperatorContext context;
  private SourceReader<T, S> reader;
  private SimpleVersionedSerializer<S> splitSerializer;
  private ListState<byte[]> splitState;
  private SourceOutputs<T> outputs;
  private CompletableFuture<Void> awaited;
  private boolean ended;

  /**
   * @param coordinator takes what the reader says; from the task's thread, or any thread that the
   *     reader uses
   * @param wakeUp called from any thread when a reader that had nothing has something again
   */
  public SourceOperator(
      Source<T, S, ?> source,
      WatermarkStrategy<T> watermarkStrategy,
      Consumer<SourceRequest> coordinator,
      Runnable wakeUp) {
    this.source = source;
    this.watermarkStrategy = watermarkStrategy;
    this.coordinator = coordinator;
    this.wakeUp = wakeUp;
  }

  @Override
  public void initialize(OperatorContext operatorContext) throws Exception {
    context = operatorContext;
    splitSerializer = source.getSplitSerializer();
    splitState = context.operatorState().getListState(SPLITS);
    outputs =
        new SourceOutputs<>(
            context.output(), watermarkStrategy, context.processingTime(), context.metrics());
    reader = source.createReader(new ReaderContext());
    context.inject(reader);
  }

  @Override
  public void open() throws Exception {
    List<S> restored = new ArrayList<>();
    for (byte[] bytes : splitState.get()) {
      restored.add(VersionedBytes.decode(bytes, splitSerializer));
    }
    if (!restored.isEmpty()) {
      addSplits(restored);
    }
    reader.start();
    coordinator.accept(new SourceRequest.ReaderRegistered());
    outputs.startPeriodicWatermarks(context.autoWatermarkIntervalMillis());
  }

  /**
   * Reads at most so many records; fewer if the source has no more for now, or the outputs have no
   * room.
   *
   * @param counter counts them, up to the one that fails if one does
   * @return how many were read
   */
  public int poll(int most, TaskOutputs room, RecordCounter counter) throws Exception {
    if (ended || isWaiting()) {
      return 0;
    }
    int read = 0;
    try {
      while (read < most && !room.isFull()) {
        InputStatus status = reader.pollNext(outputs);
        if (status == InputStatus.NOTHING_AVAILABLE) {
          await(reader.isAvailable());
          break;
        }
        if (status == InputStatus.END_OF_INPUT) {
          ended = true;
          break;
        }
        read++;
      }
    } finally {
      counter.addIn(read);
    }
    return read;
  }

  /** Whether polling makes no sense before the reader has woken the task up. */
  public boolean isWaiting() {
    if (awaited == null) {
      return false;
    }
    if (!awaited.isDone()) {
      return true;
    }
    awaited = null;
    return false;
  }

  private void await(CompletableFuture<Void> available) {
    if (!available.isDone()) {
      awaited = available;
      // a failure shows itself in the next poll
      CompletableFuture<Void> unused = available.whenComplete((nothing, failure) -> wakeUp.run());
    }
  }

  /** Whether the reader has come to the end of all its splits and will get no more. */
  public boolean hasEnded() {
    return ended;
  }

  @Override
  public void snapshot(FunctionSnapshotContext snapshotContext) throws Exception {
    List<byte[]> splits = new ArrayList<>();
    for (S split : reader.snapshotState(snapshotContext.getCheckpointId())) {
      splits.add(VersionedBytes.encode(split, splitSerializer));
    }
    splitState.update(splits);
  }

  @Override
  public void checkpointCompleted(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void checkpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  @SuppressWarnings("unchecked")
  public void onSplits(List<? extends SourceSplit> splits) {
    addSplits((List<S>) splits);
    awaited = null;
  }

  private void addSplits(List<S> splits) {
    splits.forEach(split -> outputs.announce(split.splitId()));
    reader.addSplits(splits);
  }

  @Override
  public void onNoMoreSplits() {
    reader.notifyNoMoreSplits();
    awaited = null;
  }

  @Override
  public void onCoordinatorEvent(SourceEvent event) {
    reader.handleSourceEvents(event);
    awaited = null;
  }

  @Override
  public void close() throws Exception {
    if (reader != null) {
      reader.close();
    }
  }

  private final class ReaderContext implements SourceReaderContext {
    @Override
    public MetricGroup metricGroup() {
      return context.metrics();
    }

    @Override
    public String getLocalHostName() {
      return SourceCoordinator.HOST;
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
      return new ReaderTime(context.processingTime());
    }

    @Override
    public ClassLoader getUserCodeClassLoader() {
      return source.getClass().getClassLoader();
    }

    @Override
    public int getIndexOfSubtask() {
      return context.taskInfo().getIndexOfThisSubtask();
    }

    @Override
    public int currentParallelism() {
      return context.taskInfo().getNumberOfParallelSubtasks();
    }

    @Override
    public void sendSplitRequest() {
      coordinator.accept(new SourceRequest.SplitRequest());
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent event) {
      coordinator.accept(new SourceRequest.ReaderEvent(event));
    }
  }
}
