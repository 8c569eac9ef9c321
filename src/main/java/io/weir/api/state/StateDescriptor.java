package io.weir.api.state;

import io.weir.api.functions.Function;
import io.weir.api.functions.RichFunction;
import io.weir.api.types.TypeInformation;
import java.io.Serializable;
import java.util.Objects;

/**
 * Names a state and the type of its values. Descriptors of one kind and name are equal.
 *
 * @param <S> the handle through which the state is used
 * @param <T> type of the stored values
 */
public abstract class StateDescriptor<S extends State, T> implements Serializable {
  /** The kinds of state. */
  public enum Type {
    VALUE,
    LIST,
    REDUCING,
    AGGREGATING,
    MAP
  }

  private static final long serialVersionUID = 1L;

  private final String name;
  private final TypeInformation<T> typeInfo;
  private StateTtlConfig ttlConfig = StateTtlConfig.DISABLED;
  private StateMigration<?> migration;

  StateDescriptor(String name, TypeInformation<T> typeInfo) {
    Objects.requireNonNull(name, "name");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("The name of a state must not be empty");
    }
    this.name = name;
    this.typeInfo = Objects.requireNonNull(typeInfo, "typeInfo");
  }

  /** Refuses a function that wants to be opened: a state has nobody who would do it. */
  static <F extends Function> F notRich(String name, F function) {
    Objects.requireNonNull(function, "function");
    if (function instanceof RichFunction) {
      throw new UnsupportedOperationException(
          "The function of state '"
              + name
              + "' is a rich function, but a function within state is never opened. Use a plain one.");
    }
    return function;
  }

  /** The name, unique among the states of an operator. */
  public String getName() {
    return name;
  }

  /** The type of the stored values; of lists that of the list, of maps that of the map. */
  public TypeInformation<T> getTypeInformation() {
    return typeInfo;
  }

  /** What is read when nothing is stored; null unless a value state was given one. */
  public T getDefaultValue() {
    return null;
  }

  /** The kind of state. */
  public abstract Type getType();

  /**
   * Lets values expire. The default value of a state is not subject to it.
   *
   * @param ttlConfig when and how values expire, not null
   */
  public void enableTimeToLive(StateTtlConfig ttlConfig) {
    this.ttlConfig = Objects.requireNonNull(ttlConfig, "ttlConfig");
  }

  /** When values expire; {@link StateTtlConfig#DISABLED} if they do not. */
  public StateTtlConfig getTtlConfig() {
    return ttlConfig;
  }

  /** Makes present values of stored ones that the rules refuse; null if nothing does. */
  public StateMigration<?> getMigration() {
    return migration;
  }

  /** Subclasses say of what type the values are. */
  final void migrateBy(StateMigration<?> newMigration) {
    this.migration = Objects.requireNonNull(newMigration, "migration");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateDescriptor<?, ?> that
        && getType() == that.getType()
        && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return 31 * getType().name().hashCode() + name.hashCode();
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "{name=" + name + ", type=" + typeInfo + "}";
  }
}
