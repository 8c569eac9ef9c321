package io.weir.state.heap;

import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.snapshot.StateDescription;
import io.weir.state.KeyedEntryReader;
import io.weir.state.KeyedEntryWriter;
import io.weir.state.KeyedSnapshotWriter;
import io.weir.state.KeyedStateFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Value state whose keys and values are numbers: they are objects only on their way in and out.
 *
 * @param <K> Long or Integer
 * @param <V> Long, Integer or Double
 */
final class LongValueState<K, V> implements HeapState<K, Void>, KeyScan<K>, ValueState<V> {
  private final KeyedStateFormat<K, Void> format;
  private final CurrentKey<K> current;
  private final Epochs epochs;
  private final Primitive keys;
  private final Primitive values;
  private final V defaultValue;
  private final LongTable[] tables;

  private LongValueState(
      HeapContext<K> context,
      ValueStateDescriptor<V> descriptor,
      Primitive keys,
      Primitive values) {
    this.format = KeyedStateFormat.of(descriptor, context.keyType(), null, context.serializers());
    this.current = context.current();
    this.epochs = context.epochs();
    this.keys = keys;
    this.values = values;
    this.defaultValue = descriptor.getDefaultValue();
    this.tables = new LongTable[context.range().size()];
  }

  /** Makes a state without entries, or null if the types are others or the values expire. */
  static <K, V> LongValueState<K, V> ofNumbers(
      HeapContext<K> context, ValueStateDescriptor<V> descriptor) {
    Primitive keys = Primitive.of(context.keyType().getTypeClass());
    Primitive values = Primitive.of(descriptor.getTypeInformation().getTypeClass());
    boolean suitable =
        keys != null
            && keys != Primitive.DOUBLE
            && values != null
            && !descriptor.getTtlConfig().isEnabled();
    return suitable ? new LongValueState<>(context, descriptor, keys, values) : null;
  }

  @Override
  @SuppressWarnings("unchecked") // V is the class of the values
  public V value() {
    LongTable table = tables[current.group()];
    if (table == null) {
      return defaultValue;
    }
    int place = table.find(keys.bits(current.key()));
    return place < 0 ? defaultValue : (V) values.value(table.valueAt(place));
  }

  @Override
  public void update(V value) {
    if (value == null) {
      clear();
    } else {
      put(value);
    }
  }

  @Override
  public void clear() {
    LongTable table = tables[current.group()];
    if (table != null) {
      table.remove(keys.bits(current.key()));
    }
  }

  @Override
  public KeyedStateFormat<K, Void> format() {
    return format;
  }

  @Override
  public void restore(KeyedEntryReader<K, Void> entries) {
    while (entries.next()) {
      current.set(entries.key(), entries.keyGroup());
      put(entries.value());
    }
  }

  @Override
  public FrozenState freeze() {
    long[][][] pages = new long[tables.length][][];
    boolean empty = true;
    for (int group = 0; group < tables.length; group++) {
      if (tables[group] != null && tables[group].size() > 0) {
        pages[group] = tables[group].freeze();
        empty = false;
      }
    }
    return new Frozen<>(format, keys, values, pages, empty);
  }

  @Override
  @SuppressWarnings("unchecked") // K is the class of the keys
  public List<K> keys(int group) {
    List<K> result = new ArrayList<>();
    if (tables[group] != null) {
      for (long bits : tables[group].keys()) {
        result.add((K) keys.value(bits));
      }
    }
    return result;
  }

  private void put(Object value) {
    LongTable table = tables[current.group()];
    if (table == null) {
      table = new LongTable(epochs);
      tables[current.group()] = table;
    }
    table.put(keys.bits(current.key()), values.bits(value));
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Frozen<K>(
      KeyedStateFormat<K, Void> format,
      Primitive keys,
      Primitive values,
      long[][][] pages,
      boolean isEmpty)
      implements FrozenState {

    @Override
    public StateDescription description() {
      return format.description();
    }

    @Override
    @SuppressWarnings("unchecked") // K is the class of the keys
    public void write(int group, KeyedSnapshotWriter target) throws IOException {
      if (pages[group] != null) {
        KeyedEntryWriter<K, Void> writer = format.writer(target);
        LongTable.<IOException>forEach(
            pages[group],
            (key, value) -> writer.value((K) keys.value(key), null, 0, values.value(value)));
      }
    }
  }
}
