package io.weir.serial;

import java.util.Collection;

/**
 * The elements of a collection: twice their number, plus one if some are null; then one after the
 * other. If some are null, a byte in front of each tells which.
 */
final class Elements {
  private Elements() {}

  static <E> void write(Collection<E> elements, Codec<E> codec, BinaryOutput out) {
    int size = elements.size();
    boolean someNull = someNull(elements);
    writeHeader(size, someNull, out);
    int index = 0;
    try {
      for (E element : elements) {
        writeElement(element, codec, someNull, out);
        index++;
      }
    } catch (RuntimeException e) {
      throw SerializationException.of(e).atIndex(index);
    }
    requireSize(size, index);
  }

  /** Whether null is among them; the search by {@code contains} is refused by some collections. */
  static boolean someNull(Iterable<?> elements) {
    for (Object element : elements) {
      if (element == null) {
        return true;
      }
    }
    return false;
  }

  static void requireSize(int expected, int written) {
    if (written != expected) {
      throw new SerializationException(
          "a collection of " + expected + " elements had " + written + " when it was written");
    }
  }

  static void writeHeader(int size, boolean someNull, BinaryOutput out) {
    if (size > Integer.MAX_VALUE / 2) {
      throw new SerializationException("a collection has more than a billion elements");
    }
    out.writeUnsignedVarInt((size << 1) | (someNull ? 1 : 0));
  }

  static <E> void writeElement(E element, Codec<E> codec, boolean someNull, BinaryOutput out) {
    if (someNull) {
      out.writeBoolean(element != null);
    }
    if (element != null) {
      codec.write(element, out);
    }
  }

  /** The size in a header, of elements that take at least one byte each. */
  static int size(int header, BinaryInput in) {
    int size = header >>> 1;
    if (size > in.remaining()) {
      throw new SerializationException(
          size
              + " elements at byte "
              + in.position()
              + " exceed what is left, "
              + in.remaining()
              + " bytes; the data is damaged");
    }
    return size;
  }

  static boolean someNull(int header) {
    return (header & 1) != 0;
  }

  static <E> E readElement(Codec<E> codec, boolean someNull, BinaryInput in) {
    return someNull && !in.readBoolean() ? null : codec.read(in);
  }

  static <C extends Collection<E>, E> C readInto(
      C target, int size, boolean someNull, Codec<E> codec, BinaryInput in) {
    for (int i = 0; i < size; i++) {
      E element;
      try {
        element = readElement(codec, someNull, in);
      } catch (RuntimeException e) {
        throw SerializationException.of(e).atIndex(i);
      }
      target.add(element);
    }
    return target;
  }

  static <E> E copyOf(E element, Codec<E> codec) {
    return element == null ? null : codec.copy(element);
  }
}
