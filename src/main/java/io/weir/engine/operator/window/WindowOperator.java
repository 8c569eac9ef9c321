package io.weir.engine.operator.window;

import io.weir.api.functions.KeySelector;
import io.weir.api.metrics.Counter;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.types.Tuple2;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.api.windowing.assigners.MergingWindowAssigner;
import io.weir.api.windowing.assigners.WindowAssigner;
import io.weir.api.windowing.triggers.TriggerResult;
import io.weir.api.windowing.windows.Window;
import io.weir.engine.operator.OperatorContext;
import io.weir.engine.operator.function.FunctionOperator;
import io.weir.engine.operator.function.TimestampedCollector;
import io.weir.engine.operator.time.InternalTimers;
import io.weir.engine.operator.time.TimerTarget;
import io.weir.state.KeyedStateBackend;
import java.util.Collection;

/**
 * Puts the records of each key into windows, fires windows as their trigger says, and frees them
 * when they are over.
 *
 * @param <K> the type of key
 * @param <T> the type of record
 * @param <V> the type of the contents of a window that fires
 * @param <O> the type of result
 * @param <W> the type of window
 */
public final class WindowOperator<K, T, V, O, W extends Window>
    extends FunctionOperator<T, O, Object> implements TimerTarget<W> {
  private static final String MERGING_WINDOWS = "merging-window-set";

  private final WindowPolicy<T, W> policy;
  private final ContentsFactory<T, V, W> contentsFactory;
  private final WindowResults<K, V, O, W> results;
  private final WindowAssigner.WindowAssignerContext assignerContext = new AssignerContext();
  private final WindowContents.Firing<V, W> firing = this::emit;
  private TimestampedCollector<O> collector;
  private KeyedStateBackend<K> backend;
  private InternalTimers<K, W> timers;
  private WindowContents<T, V, W> contents;
  private StateWindows<W> stateWindows;
  private WindowTriggerContext<T, W> trigger;
  private Counter lateRecordsDropped;

  /** All arguments are this operator's own copies. */
  public WindowOperator(
      WindowPolicy<T, W> policy,
      ContentsFactory<T, V, W> contentsFactory,
      WindowResults<K, V, O, W> results,
      KeySelector<T, K> keySelector) {
    super(results.function(), keySelector);
    this.policy = policy;
    this.contentsFactory = contentsFactory;
    this.results = results;
  }

  @Override
  public void initialize(OperatorContext context) throws Exception {
    super.initialize(context);
    TypeInformation<W> windowType = policy.assigner().getWindowType();
    collector = new TimestampedCollector<>(output);
    backend = context.keyedState();
    timers = new InternalTimers<>(context, windowType, this);
    lateRecordsDropped = context.metrics().counter("numLateRecordsDropped");
    WindowSurroundings<K, W> surroundings =
        new WindowSurroundings<>(context, backend, windowType, timers, context.accessTracking());
    contents = contentsFactory.create(surroundings);
    trigger = new WindowTriggerContext<>(policy.trigger(), surroundings);
    stateWindows = stateWindows(surroundings);
    results.initialize(surroundings, policy.assigner() instanceof MergingWindowAssigner, collector);
  }

  private StateWindows<W> stateWindows(WindowSurroundings<K, W> surroundings) {
    if (policy.assigner() instanceof MergingWindowAssigner<? super T, W> merging) {
      TypeInformation<W> windowType = surroundings.windowType();
      ListStateDescriptor<Tuple2<W, W>> descriptor =
          new ListStateDescriptor<>(
              MERGING_WINDOWS, Types.<Tuple2<W, W>>TUPLE(windowType, windowType));
      return new MergingWindows<>(merging, surroundings.stateOfKey(descriptor), this::onMerge);
    }
    return new SeparateWindows<>();
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers.open();
  }

  @Override
  protected void process(T value, long timestamp) throws Exception {
    Collection<W> windows = policy.assigner().assignWindows(value, timestamp, assignerContext);
    boolean kept = false;
    stateWindows.load();
    for (W assigned : windows) {
      W window = stateWindows.place(assigned);
      if (policy.isWindowLate(window, timers.currentWatermark())) {
        stateWindows.retire(window);
      } else {
        kept = true;
        addTo(window, value, timestamp);
      }
    }
    stateWindows.persist();
    if (!kept && policy.isRecordLate(timestamp, timers.currentWatermark())) {
      tooLate(value, timestamp);
    }
  }

  private void addTo(W window, T value, long timestamp) throws Exception {
    W stateWindow = stateWindows.stateWindow(window);
    contents.add(stateWindow, value, timestamp);
    obey(trigger.onElement(window, value, timestamp), window, stateWindow);
    registerCleanup(window);
  }

  private void tooLate(T value, long timestamp) {
    if (policy.lateDataTag() == null) {
      lateRecordsDropped.inc();
    } else {
      output.emitSide(policy.lateDataTag(), value, timestamp);
    }
  }

  @Override
  public void watermark(long timestamp) throws Exception {
    timers.advanceWatermark(timestamp);
  }

  @Override
  public boolean hasPendingWork() {
    return timers.hasPendingWork();
  }

  @Override
  public void continueWork() throws Exception {
    timers.continueFiring();
  }

  @Override
  public void onEventTime(W window, long timestamp) throws Exception {
    onTimer(window, timestamp, true);
  }

  @Override
  public void onProcessingTime(W window, long timestamp) throws Exception {
    onTimer(window, timestamp, false);
  }

  private void onTimer(W window, long timestamp, boolean eventTime) throws Exception {
    stateWindows.load();
    W stateWindow = stateWindows.stateWindow(window);
    if (stateWindow == null) {
      return; // the timer of a window that has been merged into another one meanwhile
    }
    TriggerResult result =
        eventTime
            ? trigger.onEventTime(window, timestamp)
            : trigger.onProcessingTime(window, timestamp);
    obey(result, window, stateWindow);
    if (eventTime == policy.isEventTime() && timestamp == policy.cleanupTime(window)) {
      contents.clear(stateWindow);
      trigger.clear(window);
      results.clear(window);
      stateWindows.retire(window);
    }
    stateWindows.persist();
  }

  private void obey(TriggerResult result, W window, W stateWindow) throws Exception {
    if (result.isFire()) {
      contents.fire(window, stateWindow, firing);
    }
    if (result.isPurge()) {
      contents.clear(stateWindow);
    }
  }

  private void emit(W window, Iterable<V> values) throws Exception {
    collector.setTimestamp(window.maxTimestamp());
    results.emit(backend.currentKey(), window, values, collector);
  }

  private void onMerge(W result, Collection<W> merged, W target, Collection<W> sources)
      throws Exception {
    refuseIfOver(result);
    trigger.onMerge(result, merged);
    for (W window : merged) {
      if (!window.equals(result)) {
        trigger.clear(window);
        deleteCleanup(window);
      }
    }
    if (!sources.isEmpty()) {
      contents.merge(target, sources);
    }
  }

  /**
   * Merging makes windows longer: a result that ends before the windows it is made of is a fault of
   * the assigner.
   */
  private void refuseIfOver(W result) {
    long now = policy.isEventTime() ? timers.currentWatermark() : timers.currentProcessingTime();
    if (policy.cleanupTime(result) <= now) {
      throw new UnsupportedOperationException(
          "The end of a window cannot become earlier than the current %s by merging, but %s is over at %d, and it is %d. Check the window assigner %s."
              .formatted(
                  policy.isEventTime() ? "watermark" : "processing time",
                  result,
                  policy.cleanupTime(result),
                  now,
                  policy.assigner()));
    }
  }

  private void registerCleanup(W window) {
    long cleanupTime = policy.cleanupTime(window);
    if (cleanupTime == Long.MAX_VALUE) {
      return; // kept for ever
    }
    if (policy.isEventTime()) {
      timers.registerEventTime(window, cleanupTime);
    } else {
      timers.registerProcessingTime(window, cleanupTime);
    }
  }

  private void deleteCleanup(W window) {
    long cleanupTime = policy.cleanupTime(window);
    if (cleanupTime == Long.MAX_VALUE) {
      return;
    }
    if (policy.isEventTime()) {
      timers.deleteEventTime(window, cleanupTime);
    } else {
      timers.deleteProcessingTime(window, cleanupTime);
    }
  }

  /** Tells assigners the time. */
  private final class AssignerContext extends WindowAssigner.WindowAssignerContext {
    @Override
    public long getCurrentProcessingTime() {
      return timers.currentProcessingTime();
    }
  }
}
