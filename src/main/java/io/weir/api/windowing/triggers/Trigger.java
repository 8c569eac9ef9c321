package io.weir.api.windowing.triggers;

import io.weir.api.metrics.MetricGroup;
import io.weir.api.state.MergingState;
import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.windowing.windows.Window;
import java.io.Serializable;

/**
 * Decides when a window gives a result. What it must remember for a key and window it keeps in the
 * state of its context, never in fields: one trigger object serves all keys and windows.
 *
 * @param <T> type of the records
 * @param <W> type of the windows
 */
public abstract class Trigger<T, W extends Window> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A record was added to the window. */
  public abstract TriggerResult onElement(T element, long timestamp, W window, TriggerContext ctx)
      throws Exception;

  /** A processing-time timer of this window has fired. */
  public abstract TriggerResult onProcessingTime(long time, W window, TriggerContext ctx)
      throws Exception;

  /** An event-time timer of this window has fired. */
  public abstract TriggerResult onEventTime(long time, W window, TriggerContext ctx)
      throws Exception;

  /** Removes all timers and state of the window, which is going away. */
  public abstract void clear(W window, TriggerContext ctx) throws Exception;

  /**
   * Whether the trigger works with windows that merge; if so {@link #onMerge} must be overridden.
   */
  public boolean canMerge() {
    return false;
  }

  /**
   * Several windows have become one.
   *
   * @param window the new window
   */
  public void onMerge(W window, OnMergeContext ctx) throws Exception {
    throw new UnsupportedOperationException(
        getClass().getName()
            + " does not work with windows that merge. Override canMerge() and onMerge(...) in it,"
            + " or choose another trigger.");
  }

  /** What a trigger may ask for; all of it belongs to the present key and window. */
  public interface TriggerContext {
    /** The present processing time in milliseconds since 1970. */
    long getCurrentProcessingTime();

    /** The present watermark, {@link Long#MIN_VALUE} before the first. */
    long getCurrentWatermark();

    /** The metrics of the operator. */
    MetricGroup getMetricGroup();

    void registerProcessingTimeTimer(long time);

    void registerEventTimeTimer(long time);

    void deleteProcessingTimeTimer(long time);

    void deleteEventTimeTimer(long time);

    /** The state of that name. */
    <S extends State> S getPartitionedState(StateDescriptor<S, ?> stateDescriptor);
  }

  /** What a trigger may ask for when windows merge. */
  public interface OnMergeContext extends TriggerContext {
    /** Merges the state of the old windows into that of the new one. */
    <S extends MergingState<?, ?>> void mergePartitionedState(
        StateDescriptor<S, ?> stateDescriptor);
  }
}
