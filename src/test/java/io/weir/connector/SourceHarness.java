package io.weir.connector;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/** Runs a source with some subtasks on one thread; snapshots go through the serializers. */
public final class SourceHarness<T, S extends SourceSplit, E> {
  /** What a checkpoint holds. */
  public static final class Snapshot {
    private final byte[] enumerator;
    private final List<byte[]> splits;

    private Snapshot(byte[] enumerator, List<byte[]> splits) {
      this.enumerator = enumerator;
      this.splits = splits;
    }

    /** As if readers had these splits; what is pending stays. */
    public Snapshot withSplits(List<byte[]> others) {
      return new Snapshot(enumerator, List.copyOf(others));
    }
  }

  /** A record and the split that it came from; null if from none. */
  public record Emitted<T>(int subtask, String splitId, T value) {}

  private final Source<T, S, E> source;
  private final SplitEnumerator<S, E> enumerator;
  private final List<Subtask> subtasks = new ArrayList<>();
  private final Queue<Runnable> letters = new ArrayDeque<>();
  private final List<Emitted<T>> emitted = new ArrayList<>();
  private final ManualProcessingTime time = new ManualProcessingTime(1_000_000);
  private final TestMetricGroup metrics = new TestMetricGroup();

  private SourceHarness(Source<T, S, E> source, int parallelism, Snapshot restored)
      throws Exception {
    this.source = source;
    EnumeratorContext context = new EnumeratorContext(parallelism);
    SimpleVersionedSerializer<E> serializer = source.getEnumeratorCheckpointSerializer();
    enumerator =
        restored == null
            ? source.createEnumerator(context)
            : source.restoreEnumerator(
                context, serializer.deserialize(serializer.getVersion(), restored.enumerator));
    enumerator.start();
    for (int i = 0; i < parallelism; i++) {
      subtasks.add(new Subtask(i, parallelism));
    }
    if (restored != null) {
      SimpleVersionedSerializer<S> splits = source.getSplitSerializer();
      for (int i = 0; i < restored.splits.size(); i++) {
        S split = splits.deserialize(splits.getVersion(), restored.splits.get(i));
        subtasks.get(i % parallelism).reader.addSplits(List.of(split));
      }
    }
    for (Subtask subtask : subtasks) {
      enumerator.addReader(subtask.index);
      subtask.reader.start();
    }
  }

  public static <T, S extends SourceSplit, E> SourceHarness<T, S, E> start(
      Source<T, S, E> source, int parallelism) throws Exception {
    return new SourceHarness<>(source, parallelism, null);
  }

  public static <T, S extends SourceSplit, E> SourceHarness<T, S, E> restore(
      Source<T, S, E> source, int parallelism, Snapshot snapshot) throws Exception {
    return new SourceHarness<>(source, parallelism, snapshot);
  }

  public ManualProcessingTime time() {
    return time;
  }

  public long counted(String metric) {
    return metrics.counter(metric).getCount();
  }

  /** Delivers what is on its way, and polls a reader once. */
  public InputStatus poll(int subtask) throws Exception {
    deliver();
    Subtask polled = subtasks.get(subtask);
    return polled.reader.pollNext(polled);
  }

  public boolean isAvailable(int subtask) {
    return subtasks.get(subtask).reader.isAvailable().isDone();
  }

  private void deliver() {
    while (!letters.isEmpty()) {
      letters.remove().run();
    }
  }

  /** Polls all readers in turn until all have ended; the clock goes on when all wait. */
  public List<T> readToEnd() throws Exception {
    Set<Integer> running = new TreeSet<>();
    subtasks.forEach(subtask -> running.add(subtask.index));
    while (!running.isEmpty()) {
      boolean progress = false;
      for (int subtask : List.copyOf(running)) {
        InputStatus status = poll(subtask);
        progress |= status != InputStatus.NOTHING_AVAILABLE || !letters.isEmpty();
        if (status == InputStatus.END_OF_INPUT) {
          running.remove(subtask);
        }
      }
      if (!progress) {
        time.goToNextTimer();
      }
    }
    return values();
  }

  public List<T> values() {
    return emitted.stream().map(Emitted::value).toList();
  }

  public List<Emitted<T>> emitted() {
    return emitted;
  }

  /** The outputs of splits that a subtask has and has not released, in their order. */
  public Set<String> openSplits(int subtask) {
    return subtasks.get(subtask).outputs;
  }

  public Snapshot snapshot() throws Exception {
    deliver();
    List<byte[]> splits = new ArrayList<>();
    for (Subtask subtask : subtasks) {
      for (S split : subtask.reader.snapshotState(1)) {
        splits.add(source.getSplitSerializer().serialize(split));
      }
    }
    return new Snapshot(
        source.getEnumeratorCheckpointSerializer().serialize(enumerator.snapshotState(1)), splits);
  }

  public void close() throws Exception {
    for (Subtask subtask : subtasks) {
      subtask.reader.close();
    }
    enumerator.close();
  }

  private final class Subtask implements ReaderOutput<T>, SourceReaderContext {
    private final int index;
    private final int parallelism;
    private final Set<String> outputs = new TreeSet<>();
    private final SourceReader<T, S> reader;

    private Subtask(int index, int parallelism) throws Exception {
      this.index = index;
      this.parallelism = parallelism;
      this.reader = source.createReader(this);
    }

    @Override
    public SourceOutput<T> createOutputForSplit(String splitId) {
      outputs.add(splitId);
      return new SplitOutput(index, splitId);
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
      outputs.remove(splitId);
    }

    @Override
    public void collect(T value) {
      emitted.add(new Emitted<>(index, null, value));
    }

    @Override
    public void collect(T value, long timestamp) {
      collect(value);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public MetricGroup metricGroup() {
      return metrics;
    }

    @Override
    public String getLocalHostName() {
      return "local";
    }

    @Override
    public int getIndexOfSubtask() {
      return index;
    }

    @Override
    public int currentParallelism() {
      return parallelism;
    }

    @Override
    public void sendSplitRequest() {
      letters.add(() -> enumerator.handleSplitRequest(index, "local"));
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent sourceEvent) {
      letters.add(() -> enumerator.handleSourceEvent(index, sourceEvent));
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
      return time;
    }

    @Override
    public ClassLoader getUserCodeClassLoader() {
      return getClass().getClassLoader();
    }
  }

  private final class SplitOutput implements SourceOutput<T> {
    private final int subtask;
    private final String splitId;

    private SplitOutput(int subtask, String splitId) {
      this.subtask = subtask;
      this.splitId = splitId;
    }

    @Override
    public void collect(T value) {
      emitted.add(new Emitted<>(subtask, splitId, value));
    }

    @Override
    public void collect(T value, long timestamp) {
      collect(value);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}
  }

  private final class EnumeratorContext implements SplitEnumeratorContext<S> {
    private final int parallelism;

    private EnumeratorContext(int parallelism) {
      this.parallelism = parallelism;
    }

    @Override
    public MetricGroup metricGroup() {
      return metrics;
    }

    @Override
    public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
      letters.add(() -> subtasks.get(subtaskId).reader.handleSourceEvents(event));
    }

    @Override
    public int currentParallelism() {
      return parallelism;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
      return Map.of();
    }

    @Override
    public void assignSplits(SplitsAssignment<S> newSplitAssignments) {
      newSplitAssignments
          .assignment()
          .forEach(
              (subtask, splits) ->
                  letters.add(() -> subtasks.get(subtask).reader.addSplits(splits)));
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
      letters.add(() -> subtasks.get(subtask).reader.notifyNoMoreSplits());
    }

    @Override
    public <R> void callAsync(Callable<R> callable, BiConsumer<R, Throwable> handler) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <R> void callAsync(
        Callable<R> callable,
        BiConsumer<R, Throwable> handler,
        long initialDelayMillis,
        long periodMillis) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
      runnable.run();
    }

    @Override
    public void setIsProcessingBacklog(boolean isProcessingBacklog) {}
  }
}
