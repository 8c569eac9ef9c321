package io.weir.serial;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.weir.snapshot.Schema;
import java.io.IOException;
import java.util.Set;

/** Values in CBOR: length, then bytes. */
record OpaqueCodec(String name, ObjectWriter writer, ObjectReader reader) implements Codec<Object> {

  @Override
  public void write(Object value, BinaryOutput out) {
    PrimitiveArrays.write(encode(value), out);
  }

  @Override
  public Object read(BinaryInput in) {
    return decode(PrimitiveArrays.readBytes(in));
  }

  @Override
  public Object copy(Object value) {
    return decode(encode(value));
  }

  private byte[] encode(Object value) {
    try {
      return writer.writeValueAsBytes(value);
    } catch (IOException e) {
      throw SerializationException.of(e);
    }
  }

  private Object decode(byte[] cbor) {
    Object value;
    try {
      value = reader.readValue(cbor);
    } catch (IOException e) {
      throw SerializationException.of(e);
    }
    if (value == null) {
      throw new SerializationException("the data of a " + name + " is empty; it is damaged");
    }
    return value;
  }

  @Override
  public boolean isImmutable(Set<Object> visiting) {
    return false;
  }

  @Override
  public Schema describe(Described described) {
    return new Schema.Opaque(name, "cbor");
  }

  /** The format names its fields, so it is its own description. */
  @Override
  public Codec<Object> reading(Schema stored, StoredSchema context) {
    return this;
  }
}
