package io.weir.state;

import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.StateDescriptor;
import io.weir.api.state.StateMigration;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.serial.Serializer;
import io.weir.serial.ValueReader;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.Schema;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
import java.util.HashMap;
import java.util.Map;

/**
 * The present types of one keyed state, and how its entries are written with them and read as them.
 * Immutable, but for the making of readers, which belongs to the task's thread.
 *
 * @param <K> the type of key
 * @param <N> the type of namespace
 */
public final class KeyedStateFormat<K, N> {
  private final AskedState asked;
  private final Map<String, TypeInformation<?>> types;
  private final Map<String, Serializer<?>> serializers = new HashMap<>();
  private final StateMigration<?> migration;
  private final StateSerializers source;

  private KeyedStateFormat(
      String name,
      StateKind kind,
      Map<String, TypeInformation<?>> types,
      StateMigration<?> migration,
      StateSerializers source) {
    this.types = Map.copyOf(types);
    this.migration = migration;
    this.source = source;
    types.forEach((role, type) -> serializers.put(role, source.of(name, role, type)));
    asked = StateSerializers.asked(name, kind, serializers, migration);
  }

  /**
   * The format of a state that the job has described.
   *
   * @param namespace null for a state without
   * @throws StateException if values of one of its types cannot be stored
   */
  public static <K, N> KeyedStateFormat<K, N> of(
      StateDescriptor<?, ?> descriptor,
      TypeInformation<K> key,
      TypeInformation<N> namespace,
      StateSerializers source) {
    Map<String, TypeInformation<?>> types = keyTypes(key, namespace);
    if (descriptor instanceof ListStateDescriptor<?> list) {
      types.put(StateDescription.VALUE, list.getElementTypeInformation());
    } else if (descriptor instanceof MapStateDescriptor<?, ?> map) {
      types.put(StateDescription.MAP_KEY, map.getKeyTypeInformation());
      types.put(StateDescription.VALUE, map.getValueTypeInformation());
    } else {
      types.put(StateDescription.VALUE, descriptor.getTypeInformation());
    }
    if (descriptor.getTtlConfig().isEnabled()) {
      types.put(StateDescription.TIMESTAMP, Types.LONG);
    }
    return new KeyedStateFormat<>(
        descriptor.getName(), kindOf(descriptor), types, descriptor.getMigration(), source);
  }

  /**
   * The format of a queue of timers.
   *
   * @throws StateException if values of one of the types cannot be stored
   */
  public static <K, N> KeyedStateFormat<K, N> ofTimers(
      String name, TypeInformation<K> key, TypeInformation<N> namespace, StateSerializers source) {
    return new KeyedStateFormat<>(name, StateKind.TIMERS, keyTypes(key, namespace), null, source);
  }

  public StateDescription description() {
    return asked.description();
  }

  /** The state as the job asks for it. */
  AskedState asked() {
    return asked;
  }

  /** The serializer of a role, or null if the state does not have this role. */
  @SuppressWarnings("unchecked") // the caller knows what stands in this role
  public <T> Serializer<T> serializer(String role) {
    return (Serializer<T>) serializers.get(role);
  }

  /** Whether both are formats of the same state. */
  public boolean isSameAs(KeyedStateFormat<?, ?> other) {
    return description().name().equals(other.description().name())
        && description().kind() == other.description().kind()
        && types.equals(other.types);
  }

  /** Writes entries to a snapshot in this format. */
  public KeyedEntryWriter<K, N> writer(KeyedSnapshotWriter target) {
    return new KeyedEntryWriter<>(this, target);
  }

  /**
   * Reads restored entries as values of the present types.
   *
   * @param now the time of last use of what was stored without one, milliseconds since the epoch
   * @throws StateException if they cannot be read so
   */
  public KeyedEntryReader<K, N> reader(RestoredState restored, int maxParallelism, long now) {
    StateDescription stored = restored.description();
    requireFit(stored);
    Map<String, ValueReader<?>> readers = new HashMap<>();
    stored
        .schemas()
        .forEach((role, schema) -> readers.put(role, reader(stored.name(), role, schema)));
    return new KeyedEntryReader<>(source.operatorName(), restored, readers, maxParallelism, now);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the migration is one of the state's values
  private ValueReader<?> reader(String name, String role, Schema stored) {
    return role.equals(StateDescription.VALUE)
        ? source.valueReader(name, stored, (TypeInformation) typeOf(role), migration)
        : source.reader(name, role, stored, typeOf(role));
  }

  /**
   * Sees to it that a restored state can become this one, whether or not it has entries.
   *
   * @throws StateException if it cannot; the message says why and what to do
   */
  public void requireFit(StateDescription stored) {
    source.requireFit(stored, asked);
  }

  private TypeInformation<?> typeOf(String role) {
    return role.equals(StateDescription.TIMESTAMP) ? Types.LONG : types.get(role);
  }

  private static StateKind kindOf(StateDescriptor<?, ?> descriptor) {
    return switch (descriptor.getType()) {
      case VALUE -> StateKind.VALUE;
      case LIST -> StateKind.LIST;
      case MAP -> StateKind.MAP;
      case REDUCING -> StateKind.REDUCING;
      case AGGREGATING -> StateKind.AGGREGATING;
    };
  }

  private static Map<String, TypeInformation<?>> keyTypes(
      TypeInformation<?> key, TypeInformation<?> namespace) {
    Map<String, TypeInformation<?>> types = new HashMap<>();
    types.put(StateDescription.KEY, key);
    if (namespace != null) {
      types.put(StateDescription.NAMESPACE, namespace);
    }
    return types;
  }
}
