package io.weir.api.state;

import io.weir.api.types.TypeInformation;
import java.lang.reflect.Type;

/**
 * Describes a {@link ValueState}.
 *
 * @param <T> type of the value
 */
public class ValueStateDescriptor<T> extends StateDescriptor<ValueState<T>, T> {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // a value of the job, and as serializable as the job wants it
  private final T defaultValue;

  /**
   * Describes a state of a plain class.
   *
   * @param name name of the state, not empty
   * @param typeClass type of the value, not null, without type parameters
   */
  public ValueStateDescriptor(String name, Class<T> typeClass) {
    this(name, TypeInformation.of(typeClass));
  }

  /**
   * Describes a state of any type.
   *
   * @param name name of the state, not empty
   * @param typeInfo type of the value, not null
   */
  public ValueStateDescriptor(String name, TypeInformation<T> typeInfo) {
    this(name, typeInfo, null);
  }

  /**
   * Describes a state of a plain class with a default value.
   *
   * @param name name of the state, not empty
   * @param typeClass type of the value, not null, without type parameters
   * @param defaultValue what is read when nothing is stored; may be null
   */
  public ValueStateDescriptor(String name, Class<T> typeClass, T defaultValue) {
    this(name, TypeInformation.of(typeClass), defaultValue);
  }

  /**
   * Describes a state of any type with a default value.
   *
   * @param name name of the state, not empty
   * @param typeInfo type of the value, not null
   * @param defaultValue what is read when nothing is stored; may be null
   */
  public ValueStateDescriptor(String name, TypeInformation<T> typeInfo, T defaultValue) {
    super(name, typeInfo);
    this.defaultValue = defaultValue;
  }

  @Override
  public T getDefaultValue() {
    return defaultValue;
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
    return Type.VALUE;
  }
}
