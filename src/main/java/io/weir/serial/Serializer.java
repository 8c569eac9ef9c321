package io.weir.serial;

import io.weir.snapshot.Renames;
import io.weir.snapshot.Schema;

/**
 * Writes, reads and copies the values of one type.
 *
 * <p>Stateless and thread-safe: one serializer may be used by any number of threads at a time, each
 * with its own output and input.
 *
 * <p>A value is never null here; null inside a value (a field, an element) is part of the format.
 *
 * @param <T> the type of the values
 */
public interface Serializer<T> extends ValueReader<T> {

  /**
   * Appends a value.
   *
   * @param value the value, not null
   * @throws SerializationException if the value, or something in it, is not of the declared type or
   *     cannot be stored; the output then ends with a partly written value
   */
  void write(T value, BinaryOutput out);

  /**
   * A copy that shares no mutable part with the value; the value itself if its type is immutable.
   *
   * @param value the value, not null
   */
  T copy(T value);

  /**
   * A copy like {@link #copy(Object)}, which may be put into the copy of another value.
   *
   * @param reusable a copy that was made of a value of this type and is not used any more; null for
   *     none
   */
  T copy(T value, T reusable);

  /** Whether values of this type can never change, so that {@link #copy} returns its argument. */
  boolean isImmutable();

  /**
   * Whether a value can be copied while another thread changes it. The copy may then mix old and
   * new parts, or {@link #copy} may throw what the accessors of such a value throw, so it is of use
   * only to who finds out afterwards whether the value has been changed.
   */
  boolean isCopiedWhileChanging();

  /** Describes the format that {@link #write} produces; stored beside the data. */
  Schema schema();

  /** What the types of the schema were called before, and their fields and constants. */
  Renames renames();
}
