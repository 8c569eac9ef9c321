package io.weir.api.connector.lib;

import io.weir.api.connector.InputStatus;
import io.weir.api.connector.ProcessingTimeService;
import io.weir.api.connector.ReaderInfo;
import io.weir.api.connector.ReaderOutput;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Source;
import io.weir.api.connector.SourceEvent;
import io.weir.api.connector.SourceOutput;
import io.weir.api.connector.SourceReader;
import io.weir.api.connector.SourceReaderContext;
import io.weir.api.connector.SourceSplit;
import io.weir.api.connector.SplitEnumerator;
import io.weir.api.connector.SplitEnumeratorContext;
import io.weir.api.connector.SplitsAssignment;
import io.weir.api.eventtime.Watermark;
import io.weir.api.metrics.MetricGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/** Runs the enumerator and the readers of a source on the calling thread. */
final class SourceRun<T, S extends SourceSplit> {
  private final Source<T, S, Object> source;
  private final List<SourceReader<T, S>> readers = new ArrayList<>();
  private final SplitEnumerator<S, Object> enumerator;

  @SuppressWarnings("unchecked")
  static <T> SourceRun<T, ?> start(Source<T, ?, ?> source, int parallelism) throws Exception {
    return new SourceRun<>((Source<T, SourceSplit, Object>) source, parallelism, null, List.of());
  }

  private SourceRun(
      Source<T, S, Object> source, int parallelism, Object checkpoint, List<List<S>> splits)
      throws Exception {
    this.source = source;
    Context context = new Context(parallelism);
    this.enumerator =
        checkpoint == null
            ? source.createEnumerator(context)
            : source.restoreEnumerator(context, checkpoint);
    enumerator.start();
    for (int i = 0; i < parallelism; i++) {
      SourceReader<T, S> reader = source.createReader(new ReaderContext(i, parallelism));
      readers.add(reader);
      if (!splits.isEmpty() && !splits.get(i).isEmpty()) {
        reader.addSplits(splits.get(i));
      }
      reader.start();
    }
  }

  /** A new run from a snapshot of this one, which has gone through bytes. */
  SourceRun<T, S> restored() throws Exception {
    List<List<S>> splits = new ArrayList<>();
    for (SourceReader<T, S> reader : readers) {
      List<S> copies = new ArrayList<>();
      for (S split : reader.snapshotState(1)) {
        copies.add(copy(source.getSplitSerializer(), split));
      }
      splits.add(copies);
    }
    Object checkpoint =
        copy(source.getEnumeratorCheckpointSerializer(), enumerator.snapshotState(1));
    return new SourceRun<>(source, readers.size(), checkpoint, splits);
  }

  private static <E> E copy(SimpleVersionedSerializer<E> serializer, E value) throws Exception {
    return serializer.deserialize(serializer.getVersion(), serializer.serialize(value));
  }

  List<T> readAll(int subtask) throws Exception {
    return read(subtask, Integer.MAX_VALUE);
  }

  List<T> read(int subtask, int count) throws Exception {
    List<T> records = new ArrayList<>();
    Output output = new Output(records);
    while (records.size() < count
        && readers.get(subtask).pollNext(output) != InputStatus.END_OF_INPUT) {
      if (!readers.get(subtask).isAvailable().isDone()) {
        throw new AssertionError("the reader waits for ever");
      }
    }
    return records;
  }

  private final class Context implements SplitEnumeratorContext<S> {
    private final int parallelism;

    Context(int parallelism) {
      this.parallelism = parallelism;
    }

    @Override
    public MetricGroup metricGroup() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int currentParallelism() {
      return parallelism;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void assignSplits(SplitsAssignment<S> assignment) {
      assignment.assignment().forEach((subtask, splits) -> readers.get(subtask).addSplits(splits));
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
      readers.get(subtask).notifyNoMoreSplits();
    }

    @Override
    public <X> void callAsync(Callable<X> callable, BiConsumer<X, Throwable> handler) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <X> void callAsync(
        Callable<X> callable, BiConsumer<X, Throwable> handler, long delay, long period) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setIsProcessingBacklog(boolean isProcessingBacklog) {}
  }

  private final class ReaderContext implements SourceReaderContext {
    private final int subtask;
    private final int parallelism;

    ReaderContext(int subtask, int parallelism) {
      this.subtask = subtask;
      this.parallelism = parallelism;
    }

    @Override
    public MetricGroup metricGroup() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getLocalHostName() {
      return "here";
    }

    @Override
    public int getIndexOfSubtask() {
      return subtask;
    }

    @Override
    public int currentParallelism() {
      return parallelism;
    }

    @Override
    public void sendSplitRequest() {
      enumerator.handleSplitRequest(subtask, "here");
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent sourceEvent) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ClassLoader getUserCodeClassLoader() {
      return getClass().getClassLoader();
    }
  }

  private final class Output implements ReaderOutput<T> {
    private final List<T> records;

    Output(List<T> records) {
      this.records = records;
    }

    @Override
    public void collect(T record) {
      records.add(record);
    }

    @Override
    public void collect(T record, long timestamp) {
      records.add(record);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<T> createOutputForSplit(String splitId) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {}
  }
}
