package io.weir.serial;

import io.weir.snapshot.Schema;
import java.util.HashSet;
import java.util.Set;

/**
 * A node in the graph of types: writes, reads and copies values of one type with the help of the
 * nodes of its parts. Stateless.
 *
 * <p>Most are Java records, and not for looks: the just-in-time compiler takes the fields of a
 * record for constants, so that the graph below a constant node compiles to straight code.
 *
 * @param <T> the type of the values, never null
 */
interface Codec<T> extends ValueReader<T> {

  /** Appends at least one byte. */
  void write(T value, BinaryOutput out);

  /** A copy that shares no mutable part with the value. */
  T copy(T value);

  /** The same, if possible in a copy of another value; see {@link Serializer}. */
  default T copy(T value, T reusable) {
    return copy(value);
  }

  /**
   * Whether no part of a value can change.
   *
   * @param visiting the types that the question is already asked of, and that do not count against
   *     it; grows
   */
  boolean isImmutable(Set<Object> visiting);

  /**
   * Whether a value can be copied while another thread changes it: the copy may then mix old and
   * new parts, but it has an end, and nothing that the value is not made of is run for it. So of
   * what has a fixed shape, but not of collections, or of types that contain themselves.
   */
  default boolean isCopiedWhileChanging() {
    return isImmutable(new HashSet<>());
  }

  /**
   * Describes what {@link #write} appends.
   *
   * @param described what was described before, of which named types are only referred to; grows
   */
  Schema describe(Described described);

  /**
   * Like this codec, but reads from bytes in an older format, which was found compatible.
   *
   * @param stored describes the older format; not a reference
   */
  Codec<T> reading(Schema stored, StoredSchema context);
}
