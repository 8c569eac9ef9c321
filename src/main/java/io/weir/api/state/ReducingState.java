package io.weir.api.state;

/**
 * One value into which every added value is reduced.
 *
 * @param <T> type of the value
 */
public interface ReducingState<T> extends MergingState<T, T> {}
