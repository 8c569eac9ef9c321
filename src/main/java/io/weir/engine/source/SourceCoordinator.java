package io.weir.engine.source;

import io.weir.api.connector.ReaderInfo;
import io.weir.api.connector.Source;
import io.weir.api.connector.SourceEvent;
import io.weir.api.connector.SourceSplit;
import io.weir.api.connector.SplitEnumerator;
import io.weir.api.connector.SplitEnumeratorContext;
import io.weir.api.connector.SplitsAssignment;
import io.weir.api.metrics.MetricGroup;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/**
 * The coordinator's side of one source: runs its split enumerator. All methods, and all of the
 * enumerator's, are called on the thread that coordinates the job.
 *
 * @param <S> the type of split
 * @param <E> the type of the enumerator's checkpoint
 */
public final class SourceCoordinator<S extends SourceSplit, E>
    implements SourceRequest.Receiver, AutoCloseable {

  /** Port: what the coordinator needs of the job. */
  public interface Surroundings {
    /** Puts a letter into the mailbox of the source's task. */
    void send(int subtask, SourceEventLetter letter);

    /** Runs something soon on the thread that coordinates the job; callable from any thread. */
    void runOnCoordinatorThread(Runnable action);

    /** Runs something that may block on another thread. */
    void runAsync(Runnable action);

    /** Runs something on the thread that coordinates the job, after a delay. */
    void runLater(long delayMillis, Runnable action);

    /** Fails the job. */
    void fail(Throwable cause);

    /** {@link #isProcessingBacklog()} may be different from now on. */
    void backlogChanged();

    MetricGroup metrics();
  }

  /** The name of the one host there is. */
  static final String HOST = "localhost";

  private final Source<?, S, E> source;
  private final int parallelism;
  private final Surroundings surroundings;
  private final Map<Integer, ReaderInfo> readers = new TreeMap<>();
  private final SplitAssignments<S> assignments = new SplitAssignments<>();
  private SplitEnumerator<S, E> enumerator;
  private boolean backlog;
  private boolean closed;

  public SourceCoordinator(Source<?, S, E> source, int parallelism, Surroundings surroundings) {
    this.source = source;
    this.parallelism = parallelism;
    this.surroundings = surroundings;
  }

  /**
   * Creates the enumerator, or restores it.
   *
   * @param restored what {@link #snapshot} gave, or null for a fresh start
   */
  public void start(byte[] restored) throws Exception {
    Context context = new Context();
    enumerator =
        restored == null
            ? source.createEnumerator(context)
            : source.restoreEnumerator(
                context,
                VersionedBytes.decode(restored, source.getEnumeratorCheckpointSerializer()));
    enumerator.start();
  }

  /** The enumerator's state. */
  public byte[] snapshot(long checkpointId) throws Exception {
    byte[] state =
        VersionedBytes.encode(
            enumerator.snapshotState(checkpointId), source.getEnumeratorCheckpointSerializer());
    assignments.snapshot(checkpointId);
    return state;
  }

  /**
   * A reader has failed and goes back to the newest completed checkpoint, while the enumerator goes
   * on: it gets back the splits that the reader does not know of any more.
   *
   * @param checkpointId that checkpoint; empty if the reader starts afresh
   */
  public void subtaskReset(int subtask, OptionalLong checkpointId) {
    readers.remove(subtask);
    List<S> splits = assignments.takeBack(subtask, checkpointId);
    if (!splits.isEmpty()) {
      enumerator.addSplitsBack(splits, subtask);
    }
  }

  /** The checkpoint is complete. */
  public void checkpointCompleted(long checkpointId) throws Exception {
    assignments.completed(checkpointId);
    enumerator.notifyCheckpointComplete(checkpointId);
  }

  /** The checkpoint was given up. */
  public void checkpointAborted(long checkpointId) throws Exception {
    enumerator.notifyCheckpointAborted(checkpointId);
  }

  /** Whether the source says that it works off a backlog. */
  public boolean isProcessingBacklog() {
    return backlog;
  }

  @Override
  public void onReaderRegistered(int subtask) {
    readers.put(subtask, new ReaderInfo(subtask, HOST));
    enumerator.addReader(subtask);
  }

  @Override
  public void onSplitRequest(int subtask) {
    enumerator.handleSplitRequest(subtask, null);
  }

  @Override
  public void onReaderEvent(int subtask, SourceEvent event) {
    enumerator.handleSourceEvent(subtask, event);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    if (enumerator != null) {
      enumerator.close();
    }
  }

  private final class Context implements SplitEnumeratorContext<S> {
    @Override
    public MetricGroup metricGroup() {
      return surroundings.metrics();
    }

    @Override
    public int currentParallelism() {
      return parallelism;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
      return new HashMap<>(readers);
    }

    @Override
    public void assignSplits(SplitsAssignment<S> assignment) {
      for (Map.Entry<Integer, List<S>> entry : assignment.assignment().entrySet()) {
        assignments.assigned(entry.getKey(), entry.getValue());
        surroundings.send(entry.getKey(), new SourceEventLetter.Splits(entry.getValue()));
      }
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
      surroundings.send(subtask, new SourceEventLetter.NoMoreSplits());
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
      surroundings.send(subtask, new SourceEventLetter.CoordinatorEvent(event));
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
      surroundings.runAsync(() -> call(callable, handler));
    }

    @Override
    public <T> void callAsync(
        Callable<T> callable,
        BiConsumer<T, Throwable> handler,
        long initialDelayMillis,
        long periodMillis) {
      surroundings.runLater(
          initialDelayMillis, () -> callPeriodically(callable, handler, periodMillis));
    }

    private <T> void callPeriodically(
        Callable<T> callable, BiConsumer<T, Throwable> handler, long periodMillis) {
      if (!closed) {
        callAsync(callable, handler);
        surroundings.runLater(
            periodMillis, () -> callPeriodically(callable, handler, periodMillis));
      }
    }

    private <T> void call(Callable<T> callable, BiConsumer<T, Throwable> handler) {
      T result;
      try {
        result = callable.call();
      } catch (Exception e) {
        runInCoordinatorThread(() -> handler.accept(null, e));
        return;
      }
      runInCoordinatorThread(() -> handler.accept(result, null));
    }

    @Override
    public void runInCoordinatorThread(Runnable action) {
      surroundings.runOnCoordinatorThread(
          () -> {
            if (!closed) {
              runGuarded(action);
            }
          });
    }

    private void runGuarded(Runnable action) {
      try {
        action.run();
      } catch (RuntimeException e) {
        surroundings.fail(e);
      }
    }

    @Override
    public void setIsProcessingBacklog(boolean isProcessingBacklog) {
      backlog = isProcessingBacklog;
      surroundings.backlogChanged();
    }
  }
}
