package io.weir.state;

import io.weir.api.state.BroadcastState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.StateMigration;
import io.weir.api.types.TypeInformation;
import io.weir.serial.BinaryInput;
import io.weir.serial.BinaryOutput;
import io.weir.serial.Serializer;
import io.weir.serial.ValueReader;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.Schema;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A broadcast map of an operator in one subtask. In a snapshot the whole map is one element. */
final class OperatorBroadcastState<K, V> implements BroadcastState<K, V>, RegisteredOperatorState {
  private final TypeInformation<K> keyType;
  private final TypeInformation<V> valueType;
  private final StateMigration<V> migration;
  private final StateSerializers serializers;
  private final Serializer<K> keySerializer;
  private final Serializer<V> valueSerializer;
  private final AskedState asked;

  /** In the order in which the keys came, so that all subtasks iterate alike. */
  private final Map<K, V> map = new LinkedHashMap<>();

  OperatorBroadcastState(MapStateDescriptor<K, V> descriptor, StateSerializers serializers) {
    this.keyType = descriptor.getKeyTypeInformation();
    this.valueType = descriptor.getValueTypeInformation();
    this.migration = descriptor.getMigration();
    this.serializers = serializers;
    this.keySerializer = serializers.of(descriptor.getName(), StateDescription.MAP_KEY, keyType);
    this.valueSerializer = serializers.of(descriptor.getName(), StateDescription.VALUE, valueType);
    this.asked =
        StateSerializers.asked(
            descriptor.getName(),
            StateKind.BROADCAST,
            Map.of(
                StateDescription.MAP_KEY, keySerializer, StateDescription.VALUE, valueSerializer),
            migration);
  }

  @Override
  public V get(K key) {
    return map.get(key);
  }

  @Override
  public boolean contains(K key) {
    return map.containsKey(key);
  }

  @Override
  public void put(K key, V value) {
    map.put(checked(key), value);
  }

  @Override
  public void putAll(Map<K, V> entries) {
    entries.forEach(this::put);
  }

  @Override
  public void remove(K key) {
    map.remove(key);
  }

  @Override
  public void clear() {
    map.clear();
  }

  @Override
  public Iterator<Map.Entry<K, V>> iterator() {
    return map.entrySet().iterator();
  }

  @Override
  public Iterable<Map.Entry<K, V>> entries() {
    return map.entrySet();
  }

  @Override
  public Iterable<Map.Entry<K, V>> immutableEntries() {
    return Collections.unmodifiableMap(map).entrySet();
  }

  @Override
  public AskedState asked() {
    return asked;
  }

  @Override
  public void restore(StateDescription stored, List<byte[]> elements) {
    Map<String, Schema> schemas = stored.schemas();
    Serializer<K> keys =
        serializers.reader(
            stored.name(),
            StateDescription.MAP_KEY,
            schemas.get(StateDescription.MAP_KEY),
            keyType);
    ValueReader<V> values =
        serializers.valueReader(
            stored.name(), schemas.get(StateDescription.VALUE), valueType, migration);
    for (byte[] element : elements) {
      BinaryInput in = new BinaryInput(element);
      int count = in.readCount(1);
      for (int i = 0; i < count; i++) {
        K key = keys.read(in);
        map.put(key, in.readBoolean() ? values.read(in) : null);
      }
    }
  }

  @Override
  public FrozenOperatorState freeze() {
    Map<K, V> copy = new LinkedHashMap<>(map);
    if (!valueSerializer.isImmutable()) {
      copy.replaceAll((key, value) -> value == null ? null : valueSerializer.copy(value));
    }
    return new FrozenOperatorState(
        description(), copy.isEmpty() ? 0 : 1, (index, out) -> write(copy, out));
  }

  @Override
  public boolean isCompatibleWith(RegisteredOperatorState asked) {
    return asked instanceof OperatorBroadcastState<?, ?> broadcast
        && broadcast.asked.equals(this.asked)
        && broadcast.keyType.equals(keyType)
        && broadcast.valueType.equals(valueType);
  }

  private void write(Map<K, V> entries, BinaryOutput out) {
    out.writeUnsignedVarInt(entries.size());
    entries.forEach(
        (key, value) -> {
          keySerializer.write(key, out);
          out.writeBoolean(value != null);
          if (value != null) {
            valueSerializer.write(value, out);
          }
        });
  }

  private K checked(K key) {
    return Objects.requireNonNull(
        key, () -> "the broadcast state '" + description().name() + "' cannot have a null key");
  }
}
