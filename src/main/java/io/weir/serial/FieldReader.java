package io.weir.serial;

/**
 * Reads a field that may be null. A record, so that the compiler sees through it.
 *
 * @param bit of this field in the presence byte of its run
 */
record FieldReader(String name, int bit, ValueReader<?> reader) {

  Object read(BinaryInput in, int presence) {
    if ((presence & bit) == 0) {
      return null;
    }
    try {
      return reader.read(in);
    } catch (RuntimeException e) {
      throw SerializationException.of(e).inField(name);
    }
  }
}
