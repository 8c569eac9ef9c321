package io.weir.api.graph;

import io.weir.api.windowing.windows.Window;

/**
 * One method for every kind of operator, so that none can be forgotten.
 *
 * @param <R> what is computed
 */
public interface OperatorVisitor<R> {
  <I, O> R map(Operator.Map<I, O> operator);

  <I, O> R flatMap(Operator.FlatMap<I, O> operator);

  <T> R filter(Operator.Filter<T> operator);

  <I, O> R process(Operator.Process<I, O> operator);

  <K, I, O> R keyedProcess(Operator.KeyedProcess<K, I, O> operator);

  <T> R reduce(Operator.Reduce<T> operator);

  <T, W extends Window> R window(Operator.Window<T, W> operator);

  <T> R timestampsAndWatermarks(Operator.TimestampsAndWatermarks<T> operator);

  <A, B, O> R coMap(Operator.CoMap<A, B, O> operator);

  <A, B, O> R coFlatMap(Operator.CoFlatMap<A, B, O> operator);

  <A, B, O> R coProcess(Operator.CoProcess<A, B, O> operator);

  <K, A, B, O> R keyedCoProcess(Operator.KeyedCoProcess<K, A, B, O> operator);

  <A, B, O> R broadcastProcess(Operator.BroadcastProcess<A, B, O> operator);

  <K, A, B, O> R keyedBroadcastProcess(Operator.KeyedBroadcastProcess<K, A, B, O> operator);
}
