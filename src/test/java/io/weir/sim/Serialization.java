package io.weir.sim;

import io.weir.api.connector.SimpleVersionedSerializer;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** A serializer of one version, from two functions. */
record Serialization<E>(Function<E, byte[]> write, Function<ByteBuffer, E> read)
    implements SimpleVersionedSerializer<E> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(E value) {
    return write.apply(value);
  }

  @Override
  public E deserialize(int version, byte[] serialized) throws IOException {
    try {
      return read.apply(ByteBuffer.wrap(serialized));
    } catch (BufferUnderflowException e) {
      throw new IOException("it is too short", e);
    }
  }
}
