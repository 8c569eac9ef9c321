package io.weir.api.state;

import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import java.lang.reflect.Type;
import java.util.List;

/**
 * Describes a {@link ListState}, keyed or of an operator.
 *
 * @param <T> type of the elements
 */
public class ListStateDescriptor<T> extends StateDescriptor<ListState<T>, List<T>> {
  private static final long serialVersionUID = 1L;

  private final TypeInformation<T> elementTypeInfo;

  /**
   * Describes a state of a plain class.
   *
   * @param name name of the state, not empty
   * @param elementTypeClass type of the elements, not null, without type parameters
   */
  public ListStateDescriptor(String name, Class<T> elementTypeClass) {
    this(name, TypeInformation.of(elementTypeClass));
  }

  /**
   * Describes a state of any type.
   *
   * @param name name of the state, not empty
   * @param elementTypeInfo type of the elements, not null
   */
  public ListStateDescriptor(String name, TypeInformation<T> elementTypeInfo) {
    super(name, Types.LIST(elementTypeInfo));
    this.elementTypeInfo = elementTypeInfo;
  }

  /** Type of the elements. */
  public TypeInformation<T> getElementTypeInformation() {
    return elementTypeInfo;
  }

  /**
   * Says how stored elements become present ones where the rules for changed classes refuse it.
   *
   * @param migration not null
   */
  public void setMigration(StateMigration<T> migration) {
    migrateBy(migration);
  }

  @Override
  @SuppressWarnings("unchecked") // set as one of this type
  public StateMigration<T> getMigration() {
    return (StateMigration<T>) super.getMigration();
  }

  @Override
  public Type getType() {
    return Type.LIST;
  }
}
