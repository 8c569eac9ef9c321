package io.weir.api.functions;

/**
 * Gathers values in an accumulator and makes a result of it.
 *
 * @param <IN> type of the values
 * @param <ACC> type of the accumulator, which is state
 * @param <OUT> type of the result
 */
public interface AggregateFunction<IN, ACC, OUT> extends Function {
  /** A new accumulator of no values, not null. */
  ACC createAccumulator();

  /**
   * Adds a value.
   *
   * @param value the value that is added
   * @param accumulator the accumulator; it may be changed
   * @return the accumulator with the value, which may be the given one
   */
  ACC add(IN value, ACC accumulator);

  /**
   * The result of what was gathered.
   *
   * @param accumulator the accumulator; must not be changed
   * @return what it amounts to
   */
  OUT getResult(ACC accumulator);

  /**
   * Joins two accumulators; needed for windows that merge.
   *
   * @param a an accumulator; it may be changed
   * @param b another one; it may be changed, and is not used afterwards
   * @return the accumulator of the values of both
   */
  ACC merge(ACC a, ACC b);
}
