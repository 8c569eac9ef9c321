package io.weir.serial;

/** Writes and copies a field that may be null. A record, so that the compiler sees through it. */
record FieldWriter(String name, Codec<Object> codec) {

  void write(Object value, BinaryOutput out) {
    if (value != null) {
      try {
        codec.write(value, out);
      } catch (RuntimeException e) {
        throw SerializationException.of(e).inField(name);
      }
    }
  }

  Object copy(Object value) {
    return value == null ? null : codec.copy(value);
  }
}
