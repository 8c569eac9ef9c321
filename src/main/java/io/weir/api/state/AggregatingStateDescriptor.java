package io.weir.api.state;

import io.weir.api.functions.AggregateFunction;
import io.weir.api.types.TypeInformation;
import java.lang.reflect.Type;

/**
 * Describes an {@link AggregatingState}.
 *
 * @param <IN> type of what is added
 * @param <ACC> type of the accumulator, which is what is stored
 * @param <OUT> type of the result
 */
public class AggregatingStateDescriptor<IN, ACC, OUT>
    extends StateDescriptor<AggregatingState<IN, OUT>, ACC> {
  private static final long serialVersionUID = 1L;

  private final AggregateFunction<IN, ACC, OUT> aggregateFunction;

  /**
   * Describes a state of a plain class.
   *
   * @param name name of the state, not empty
   * @param aggregateFunction gathers values, not null; not a rich function
   * @param stateType type of the accumulator, not null, without type parameters
   */
  public AggregatingStateDescriptor(
      String name, AggregateFunction<IN, ACC, OUT> aggregateFunction, Class<ACC> stateType) {
    this(name, aggregateFunction, TypeInformation.of(stateType));
  }

  /**
   * Describes a state of any type.
   *
   * @param name name of the state, not empty
   * @param aggregateFunction gathers values, not null; not a rich function
   * @param stateType type of the accumulator, not null
   * @throws UnsupportedOperationException if the function is a rich one, since nobody would open it
   */
  public AggregatingStateDescriptor(
      String name,
      AggregateFunction<IN, ACC, OUT> aggregateFunction,
      TypeInformation<ACC> stateType) {
    super(name, stateType);
    this.aggregateFunction = notRich(name, aggregateFunction);
  }

  /** Gathers values. */
  public AggregateFunction<IN, ACC, OUT> getAggregateFunction() {
    return aggregateFunction;
  }

  /**
   * Says how stored accumulators become present ones where the rules for changed classes refuse it.
   *
   * @param migration not null
   */
  public void setMigration(StateMigration<ACC> migration) {
    migrateBy(migration);
  }

  @Override
  public Type getType() {
    return Type.AGGREGATING;
  }
}
