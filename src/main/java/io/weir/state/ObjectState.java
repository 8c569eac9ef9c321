package io.weir.state;

import io.weir.api.state.State;
import io.weir.serial.Serializer;
import io.weir.snapshot.StateDescription;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * A state that keeps objects by key and namespace. Subclasses say what an object is; the backend
 * says where it is kept.
 *
 * @param <K> the type of key
 * @param <N> the type of namespace
 */
public abstract class ObjectState<K, N> implements State {
  final KeyedObjects<N> objects;
  protected final TimeToLive timeToLive;
  private final KeyedStateFormat<K, N> format;

  protected ObjectState(
      KeyedStateFormat<K, N> format, TimeToLive timeToLive, KeyedObjects<N> objects) {
    this.format = format;
    this.timeToLive = timeToLive;
    this.objects = objects;
  }

  /** Adds the reader's present value or element to the object of its key and namespace. */
  public abstract void restoreElement(KeyedEntryReader<K, N> entry);

  /**
   * Whether anything of an object has expired; only if values expire.
   *
   * @param now milliseconds since the epoch
   */
  public abstract boolean hasExpired(Object object, long now);

  /**
   * Removes from the present object what has expired; only if values expire.
   *
   * @param now milliseconds since the epoch
   */
  public abstract void expire(long now);

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
  public void clear() {
    objects.remove();
  }

  public final KeyedStateFormat<K, N> format() {
    return format;
  }

  public final TimeToLive timeToLive() {
    return timeToLive;
  }

  final boolean hasMutableValues() {
    return !format.serializer(StateDescription.VALUE).isImmutable();
  }

  /**
   * What copies a value of this format while another thread may be changing it, if possible into
   * the second argument; null if that cannot be done, or need not because values are immutable.
   *
   * @see Serializer#isCopiedWhileChanging
   * @see Serializer#copy(Object, Object)
   */
  public static BinaryOperator<Object> copierOfChangingValues(KeyedStateFormat<?, ?> format) {
    Serializer<Object> values = format.serializer(StateDescription.VALUE);
    return values.isImmutable() || !values.isCopiedWhileChanging()
        ? null
        : (value, reusable) -> value == null ? null : values.copy(value, reusable);
  }

  /** What copies a value of this format, or null if values are immutable. */
  public static UnaryOperator<Object> valueCopier(KeyedStateFormat<?, ?> format) {
    Serializer<Object> values = format.serializer(StateDescription.VALUE);
    return values.isImmutable() ? null : value -> value == null ? null : values.copy(value);
  }
}
