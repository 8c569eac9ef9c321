package io.weir.state.heap;

import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.types.TypeInformation;
import io.weir.serial.Serializer;
import io.weir.snapshot.StateDescription;
import io.weir.state.KeyedEntryReader;
import io.weir.state.KeyedEntryWriter;
import io.weir.state.KeyedStateFormat;
import io.weir.state.TimeToLive;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A state that keeps one object for each key and namespace. Subclasses say what the object is.
 *
 * @param <K> the type of key
 * @param <N> the type of namespace
 */
abstract class ObjectState<K, N> implements HeapState<K, N>, KeyScan<K>, State {
  final KeyedTables<K, N> tables;
  final TimeToLive timeToLive;
  private final KeyedStateFormat<K, N> format;

  /**
   * Makes a state without entries.
   *
   * @param namespace null for a state without
   */
  ObjectState(
      HeapContext<K> context, StateDescriptor<?, ?> descriptor, TypeInformation<N> namespace) {
    format = KeyedStateFormat.of(descriptor, context.keyType(), namespace, context.serializers());
    timeToLive = new TimeToLive(descriptor.getTtlConfig(), context.clockMillis());
    tables =
        new KeyedTables<>(
            context, namespace != null, copier(Stamped.copier(valueCopier(format), timeToLive)));
  }

  /**
   * What copies the object of a key before it is changed.
   *
   * @param valueCopier copies a value, with its time of last use; null if values are immutable
   */
  UnaryOperator<Object> copier(UnaryOperator<Object> valueCopier) {
    return valueCopier;
  }

  /**
   * Puts the reader's present value or element into the tables, which are at its key and namespace.
   */
  abstract void restoreElement(KeyedEntryReader<K, N> entry);

  /**
   * Writes the object of a key to a snapshot. Called by the snapshot's thread.
   *
   * @param now values that have expired by then are left out; {@link Long#MIN_VALUE} to leave out
   *     none
   */
  abstract void write(K key, N namespace, Object object, long now, KeyedEntryWriter<K, N> target)
      throws IOException;

  /**
   * Joins the objects of two namespaces.
   *
   * @param first may be changed and returned
   * @param second not used afterwards
   */
  Object join(Object first, Object second) throws Exception {
    throw new UnsupportedOperationException(
        "the state '"
            + format.description().name()
            + "' of kind "
            + format.description().kind()
            + " cannot be merged; only list, reducing and aggregating state can");
  }

  @Override
  public final void clear() {
    tables.remove();
  }

  @Override
  public final KeyedStateFormat<K, N> format() {
    return format;
  }

  @Override
  public final void restore(KeyedEntryReader<K, N> entries) {
    while (entries.next()) {
      tables.enter(entries.keyGroup(), entries.key(), entries.namespace());
      restoreElement(entries);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // only keys and namespaces are put in as such
  public final FrozenState freeze() {
    long now = timeToLive.isFilteredInSnapshots() ? timeToLive.now() : Long.MIN_VALUE;
    return tables.freeze(
        format.description(),
        target -> {
          KeyedEntryWriter<K, N> writer = format.writer(target);
          return (key, namespace, object) -> write((K) key, (N) namespace, object, now, writer);
        });
  }

  @Override
  public final List<K> keys(int group) {
    return tables.keys(group);
  }

  /** Whether a stored value is to be left out of a snapshot. */
  final boolean isLeftOut(Object stored, long now) {
    return now != Long.MIN_VALUE && timeToLive.isExpiredAt(now, ((Stamped) stored).timestamp());
  }

  final boolean hasMutableValues() {
    return !format.serializer(StateDescription.VALUE).isImmutable();
  }

  static UnaryOperator<Object> valueCopier(KeyedStateFormat<?, ?> format) {
    Serializer<Object> values = format.serializer(StateDescription.VALUE);
    return values.isImmutable() ? null : value -> value == null ? null : values.copy(value);
  }
}
