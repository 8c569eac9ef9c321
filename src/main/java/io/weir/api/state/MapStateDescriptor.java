package io.weir.api.state;

import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import java.lang.reflect.Type;
import java.util.Map;

/**
 * Describes a {@link MapState} or a {@link BroadcastState}.
 *
 * @param <UK> type of the map's keys
 * @param <UV> type of the map's values
 */
public class MapStateDescriptor<UK, UV> extends StateDescriptor<MapState<UK, UV>, Map<UK, UV>> {
  private static final long serialVersionUID = 1L;

  private final TypeInformation<UK> keyTypeInfo;
  private final TypeInformation<UV> valueTypeInfo;

  /**
   * Describes a state of plain classes.
   *
   * @param name name of the state, not empty
   * @param keyClass type of the keys, not null, without type parameters
   * @param valueClass type of the values, not null, without type parameters
   */
  public MapStateDescriptor(String name, Class<UK> keyClass, Class<UV> valueClass) {
    this(name, TypeInformation.of(keyClass), TypeInformation.of(valueClass));
  }

  /**
   * Describes a state of any type.
   *
   * @param name name of the state, not empty
   * @param keyTypeInfo type of the keys, not null
   * @param valueTypeInfo type of the values, not null
   */
  public MapStateDescriptor(
      String name, TypeInformation<UK> keyTypeInfo, TypeInformation<UV> valueTypeInfo) {
    super(name, Types.MAP(keyTypeInfo, valueTypeInfo));
    this.keyTypeInfo = keyTypeInfo;
    this.valueTypeInfo = valueTypeInfo;
  }

  /** Type of the keys. */
  public TypeInformation<UK> getKeyTypeInformation() {
    return keyTypeInfo;
  }

  /** Type of the values. */
  public TypeInformation<UV> getValueTypeInformation() {
    return valueTypeInfo;
  }

  /**
   * Says how stored values of the map become present ones where the rules for changed classes
   * refuse it.
   *
   * @param migration not null
   */
  public void setMigration(StateMigration<UV> migration) {
    migrateBy(migration);
  }

  @Override
  @SuppressWarnings("unchecked") // set as one of this type
  public StateMigration<UV> getMigration() {
    return (StateMigration<UV>) super.getMigration();
  }

  @Override
  public Type getType() {
    return Type.MAP;
  }
}
