package io.weir.api.state;

/**
 * An accumulator to which values are added.
 *
 * @param <IN> type of what is added
 * @param <OUT> type of the result
 */
public interface AggregatingState<IN, OUT> extends MergingState<IN, OUT> {}
