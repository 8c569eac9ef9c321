package io.weir.engine.source;

import io.weir.api.connector.SimpleVersionedSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What a source's serializers write, with the serializer's version in front. */
final class VersionedBytes {
  private VersionedBytes() {}

  static <X> byte[] encode(X value, SimpleVersionedSerializer<X> serializer) throws IOException {
    byte[] body = serializer.serialize(value);
    return ByteBuffer.allocate(Integer.BYTES + body.length)
        .putInt(serializer.getVersion())
        .put(body)
        .array();
  }

  static <X> X decode(byte[] bytes, SimpleVersionedSerializer<X> serializer) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int version = buffer.getInt();
    byte[] body = new byte[buffer.remaining()];
    buffer.get(body);
    return serializer.deserialize(version, body);
  }
}
