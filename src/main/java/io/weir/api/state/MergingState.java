package io.weir.api.state;

/**
 * State of which two can be merged into one, as windows that merge need it.
 *
 * @param <IN> type of what is added
 * @param <OUT> type of what is read
 */
public interface MergingState<IN, OUT> extends AppendingState<IN, OUT> {}
