package io.weir.state.heap;

/** The types whose values are stored as bits of a long instead of as objects. */
enum Primitive {
  LONG,
  INT,
  DOUBLE;

  /** Which of them has this class, or null. */
  static Primitive of(Class<?> type) {
    if (type == Long.class) {
      return LONG;
    }
    if (type == Integer.class) {
      return INT;
    }
    return type == Double.class ? DOUBLE : null;
  }

  /** Which of them has this class, or null; a Double is not looked up by its bits. */
  static Primitive ofKey(Class<?> type) {
    return type == Double.class ? null : of(type);
  }

  long bits(Object value) {
    if (this == LONG) {
      return (Long) value;
    }
    return this == INT ? (Integer) value : Double.doubleToRawLongBits((Double) value);
  }

  /** The value of these bits, of the class that this stands for. */
  Object value(long bits) {
    if (this == LONG) {
      return bits;
    }
    return this == INT ? (Object) (int) bits : (Object) Double.longBitsToDouble(bits);
  }
}
