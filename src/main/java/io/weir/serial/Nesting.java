package io.weir.serial;

/** How deeply values of a type that contains itself may nest. */
final class Nesting {
  /**
   * The same on every machine and for every thread, so that what one thread wrote another one, with
   * a smaller stack, can read.
   */
  static final int MAX_DEPTH = 200;

  static final String TOO_DEEP =
      "values nest more than "
          + MAX_DEPTH
          + " deep, or contain themselves; keep the parts in a list instead of in each other";

  private Nesting() {}

  /** The depth one level down. */
  static int deeper(int depth) {
    if (depth >= MAX_DEPTH) {
      throw new SerializationException(TOO_DEEP);
    }
    return depth + 1;
  }
}
