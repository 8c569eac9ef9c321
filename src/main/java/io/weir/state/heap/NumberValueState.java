package io.weir.state.heap;

import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.state.KeyedEntryReader;
import io.weir.state.KeyedEntryWriter;
import io.weir.state.KeyedStateFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Value state whose keys and values are numbers: they are objects only on their way in and out.
 * There is a subclass for each class of value, so that the compiler knows which object it makes,
 * and need not make it.
 *
 * @param <K> Long or Integer
 * @param <V> Long, Integer or Double
 */
abstract class NumberValueState<K, V> implements HeapState<K, Void>, KeyScan<K>, ValueState<V> {
  private final KeyedStateFormat<K, Void> format;
  private final CurrentKey<K> current;
  private final Epochs epochs;
  private final Primitive keys;
  private final Primitive values;
  private final V defaultValue;
  private final LongTable[] tables;

  private final int firstGroup;

  /** Never used: a read whose result nobody takes would not be compiled. */
  @SuppressWarnings("unused")
  private long lastRead;

  /** Where the value that was read last stands in its table: very likely it is written next. */
  private int lastPlace;

  private NumberValueState(HeapContext<K> context, ValueStateDescriptor<V> descriptor) {
    format = KeyedStateFormat.of(descriptor, context.keyType(), null, context.serializers());
    current = context.current();
    epochs = context.epochs();
    keys = Primitive.ofKey(context.keyType().getTypeClass());
    values = Primitive.of(descriptor.getTypeInformation().getTypeClass());
    defaultValue = descriptor.getDefaultValue();
    tables = new LongTable[context.range().size()];
    firstGroup = context.range().start();
  }

  /** Makes a state without entries, or null if the types are others or the values expire. */
  @SuppressWarnings("unchecked") // each is made for the class of values that it has
  static <K, V> NumberValueState<K, V> of(
      HeapContext<K> context, ValueStateDescriptor<V> descriptor) {
    Primitive values = Primitive.of(descriptor.getTypeInformation().getTypeClass());
    if (Primitive.ofKey(context.keyType().getTypeClass()) == null
        || values == null
        || descriptor.getTtlConfig().isEnabled()) {
      return null;
    }
    return (NumberValueState<K, V>)
        switch (values) {
          case LONG -> new OfLong<>(context, (ValueStateDescriptor<Long>) descriptor);
          case INT -> new OfInt<>(context, (ValueStateDescriptor<Integer>) descriptor);
          case DOUBLE -> new OfDouble<>(context, (ValueStateDescriptor<Double>) descriptor);
        };
  }

  abstract V box(long bits);

  abstract long unbox(V value);

  @Override
  public final V value() {
    LongTable table = tables[current.group()];
    if (table == null) {
      return defaultValue;
    }
    int place = table.find(current.number());
    if (place < 0) {
      return defaultValue;
    }
    lastPlace = place;
    return box(table.valueAt(place));
  }

  @Override
  public final void update(V value) {
    if (value == null) {
      clear();
    } else {
      put(unbox(value));
    }
  }

  @Override
  public final void clear() {
    LongTable table = tables[current.group()];
    if (table != null) {
      table.remove(current.number());
    }
  }

  @Override
  public final void expect(Object[] upcoming, int[] keyGroups, int from, int to) {
    long read = 0;
    for (int index = from; index < to; index++) {
      int group = keyGroups[index] - firstGroup;
      LongTable table = group >= 0 && group < tables.length ? tables[group] : null;
      if (table != null) {
        read += table.read(keys.bits(upcoming[index]));
      }
    }
    lastRead = read;
  }

  @Override
  public final KeyedStateFormat<K, Void> format() {
    return format;
  }

  @Override
  public final Object view() {
    return this;
  }

  @Override
  public final void makeRoom(int group, int entries) {
    if (tables[group] == null) {
      tables[group] = new LongTable(epochs, group, entries);
    }
  }

  @Override
  public final void restore(KeyedEntryReader<K, Void> entries) {
    while (entries.next()) {
      current.set(entries.key(), entries.keyGroup());
      put(values.bits(entries.value()));
    }
  }

  @Override
  @SuppressWarnings("unchecked") // K is the class of the keys
  public final FrozenState freeze(Epochs.Lease lease) {
    return FrozenTables.of(
        format.description(),
        tables,
        lease,
        (table, target) -> {
          KeyedEntryWriter<K, Void> writer = format.writer(target);
          LongTable.<IOException>forEach(
              table,
              (key, value) -> writer.value((K) keys.value(key), null, 0, values.value(value)));
        });
  }

  @Override
  @SuppressWarnings("unchecked") // K is the class of the keys
  public final List<K> keys(int group) {
    List<K> result = new ArrayList<>();
    if (tables[group] != null) {
      for (long bits : tables[group].keys()) {
        result.add((K) keys.value(bits));
      }
    }
    return result;
  }

  private void put(long bits) {
    int group = current.group();
    LongTable table = tables[group];
    if (table == null) {
      table = new LongTable(epochs, group);
      tables[group] = table;
    }
    table.put(current.number(), bits, lastPlace);
  }

  private static final class OfLong<K> extends NumberValueState<K, Long> {
    OfLong(HeapContext<K> context, ValueStateDescriptor<Long> descriptor) {
      super(context, descriptor);
    }

    @Override
    Long box(long bits) {
      return bits;
    }

    @Override
    long unbox(Long value) {
      return value;
    }
  }

  private static final class OfInt<K> extends NumberValueState<K, Integer> {
    OfInt(HeapContext<K> context, ValueStateDescriptor<Integer> descriptor) {
      super(context, descriptor);
    }

    @Override
    Integer box(long bits) {
      return (int) bits;
    }

    @Override
    long unbox(Integer value) {
      return value;
    }
  }

  private static final class OfDouble<K> extends NumberValueState<K, Double> {
    OfDouble(HeapContext<K> context, ValueStateDescriptor<Double> descriptor) {
      super(context, descriptor);
    }

    @Override
    Double box(long bits) {
      return Double.longBitsToDouble(bits);
    }

    @Override
    long unbox(Double value) {
      return Double.doubleToRawLongBits(value);
    }
  }
}
