package io.weir.engine.operator.window;

import io.weir.api.state.ListState;
import io.weir.api.types.Tuple2;
import io.weir.api.windowing.evictors.Evictor;
import io.weir.api.windowing.evictors.Evictor.EvictorContext;
import io.weir.api.windowing.evictors.TimestampedValue;
import io.weir.api.windowing.windows.Window;
import io.weir.engine.operator.Output;
import io.weir.state.NamespacedState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Contents that keep every record with its timestamp, and from which an evictor takes some away
 * before and after the window function sees them. Reducing and aggregating then happen when the
 * window fires.
 */
final class EvictedContents<T, V, W extends Window> implements WindowContents<T, V, W> {
  private final NamespacedState<W, ListState<Tuple2<Long, T>>> state;
  private final Evictor<T, W> evictor;
  private final EvictorContext context;
  private final Projection<T, V> projection;

  /**
   * @param state of timestamps and records
   * @param projection from the records that are left to what the window function gets
   */
  EvictedContents(
      NamespacedState<W, ListState<Tuple2<Long, T>>> state,
      Evictor<T, W> evictor,
      EvictorContext context,
      Projection<T, V> projection) {
    this.state = state;
    this.evictor = evictor;
    this.context = context;
    this.projection = projection;
  }

  @Override
  public void add(W stateWindow, T value, long timestamp) throws Exception {
    state.in(stateWindow).add(Tuple2.of(timestamp, value));
  }

  @Override
  public void fire(W window, W stateWindow, Firing<V, W> firing) throws Exception {
    List<TimestampedValue<T>> records = new ArrayList<>();
    for (Tuple2<Long, T> stored : state.in(stateWindow).get()) {
      records.add(
          stored.f0 == Output.NO_TIMESTAMP
              ? new TimestampedValue<>(stored.f1)
              : new TimestampedValue<>(stored.f1, stored.f0));
    }
    if (records.isEmpty()) {
      return;
    }
    evictor.evictBefore(records, records.size(), window, context);
    List<T> values = new ArrayList<>(records.size());
    for (TimestampedValue<T> kept : records) {
      values.add(kept.getValue());
    }
    firing.fire(window, projection.project(values));
    evictor.evictAfter(records, records.size(), window, context);
    keep(stateWindow, records);
  }

  private void keep(W stateWindow, List<TimestampedValue<T>> records) throws Exception {
    List<Tuple2<Long, T>> kept = new ArrayList<>(records.size());
    for (TimestampedValue<T> record : records) {
      kept.add(
          Tuple2.of(
              record.hasTimestamp() ? record.getTimestamp() : Output.NO_TIMESTAMP,
              record.getValue()));
    }
    state.in(stateWindow).update(kept);
  }

  @Override
  public void clear(W stateWindow) {
    state.in(stateWindow).clear();
  }

  @Override
  public void merge(W target, Collection<W> sources) throws Exception {
    state.merge(target, sources);
  }

  /** What becomes of the records that the evictor has left. */
  @FunctionalInterface
  interface Projection<T, V> {
    Iterable<V> project(List<T> values) throws Exception;
  }
}
