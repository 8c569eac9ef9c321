package io.weir.api.state;

import io.weir.api.functions.MapFunction;
import io.weir.api.types.TypeInformation;
import java.io.Serializable;
import java.util.Objects;

/**
 * Makes present values of stored ones where the rules for changed classes refuse to, for example
 * because a field has another type. It is set on the descriptor of a state:
 *
 * <pre>
 *   descriptor.setMigration(
 *       StateMigration.fromTree(
 *           stored -&gt; {
 *             StoredObject order = (StoredObject) stored;
 *             return new Order(Long.parseLong(order.get("amount", String.class)));
 *           }));
 * </pre>
 *
 * <p>It is asked for every stored value once, when the job asks for the state after a restore,
 * before the first record; of a list for every element, of a map for every value that is not null.
 * Values that the rules accept are never given to it: so the next snapshot, which has the present
 * form, is restored without it, and it may stay for as long as older snapshots are needed. Keys are
 * not migrated.
 *
 * <p>Immutable, if its function is; every subtask has its own copy.
 *
 * @param <T> the present type of the values
 */
public final class StateMigration<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TypeInformation<?> oldType;
  private final MapFunction<Object, T> function;

  private StateMigration(TypeInformation<?> oldType, MapFunction<Object, T> function) {
    this.oldType = oldType;
    this.function = function;
  }

  /**
   * From a stored value as a tree, for which no old class is needed: a {@link StoredObject} for a
   * record, POJO or tuple. That class says what other values are.
   *
   * @param function not null, and never gives null; not a rich function
   */
  public static <T> StateMigration<T> fromTree(MapFunction<Object, T> function) {
    return new StateMigration<>(null, checked(function));
  }

  /**
   * From a value of an old class, which has been kept. If it has another name now, it says so by
   * {@link io.weir.api.types.FormerNames}.
   *
   * @param oldType plain class of the stored values, not null, without type parameters
   * @param function not null, and never gives null; not a rich function
   */
  public static <O, T> StateMigration<T> from(Class<O> oldType, MapFunction<O, T> function) {
    return from(TypeInformation.of(oldType), function);
  }

  /**
   * From a value of an old type.
   *
   * @param oldType type of the stored values, not null
   * @param function not null, and never gives null; not a rich function
   */
  @SuppressWarnings("unchecked") // only called with values of the old type
  public static <O, T> StateMigration<T> from(
      TypeInformation<O> oldType, MapFunction<O, T> function) {
    Objects.requireNonNull(oldType, "oldType");
    return new StateMigration<>(oldType, (MapFunction<Object, T>) checked(function));
  }

  private static <F extends MapFunction<?, ?>> F checked(F function) {
    return StateDescriptor.notRich("that is migrated", function);
  }

  /** The type of the stored values; null if the function takes trees. */
  public TypeInformation<?> getOldType() {
    return oldType;
  }

  /** Makes a present value of a stored one, a tree or a value of the old type. */
  public MapFunction<Object, T> getFunction() {
    return function;
  }
}
