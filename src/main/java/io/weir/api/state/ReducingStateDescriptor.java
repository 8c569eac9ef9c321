package io.weir.api.state;

import io.weir.api.functions.ReduceFunction;
import io.weir.api.types.TypeInformation;
import java.lang.reflect.Type;

/**
 * Describes a {@link ReducingState}.
 *
 * @param <T> type of the value
 */
public class ReducingStateDescriptor<T> extends StateDescriptor<ReducingState<T>, T> {
  private static final long serialVersionUID = 1L;

  private final ReduceFunction<T> reduceFunction;

  /**
   * Describes a state of a plain class.
   *
   * @param name name of the state, not empty
   * @param reduceFunction joins two values, not null; not a rich function
   * @param typeClass type of the value, not null, without type parameters
   */
  public ReducingStateDescriptor(
      String name, ReduceFunction<T> reduceFunction, Class<T> typeClass) {
    this(name, reduceFunction, TypeInformation.of(typeClass));
  }

  /**
   * Describes a state of any type.
   *
   * @param name name of the state, not empty
   * @param reduceFunction joins two values, not null; not a rich function
   * @param typeInfo type of the value, not null
   * @throws UnsupportedOperationException if the function is a rich one, since nobody would open it
   */
  public ReducingStateDescriptor(
      String name, ReduceFunction<T> reduceFunction, TypeInformation<T> typeInfo) {
    super(name, typeInfo);
    this.reduceFunction = notRich(name, reduceFunction);
  }

  /** Joins two values. */
  public ReduceFunction<T> getReduceFunction() {
    return reduceFunction;
  }

  /**
   * Says how stored values become present ones where the rules for changed classes refuse it.
   *
   * @param migration not null
   */
  public void setMigration(StateMigration<T> migration) {
    migrateBy(migration);
  }

  @Override
  public Type getType() {
    return Type.REDUCING;
  }
}
