package io.weir.engine.operator.sink;

import io.weir.api.connector.SimpleVersionedSerializer;
import java.io.IOException;
import java.util.Arrays;

/**
 * A value of a sink as it stands in operator state: in the sink's own format, beside the checkpoint
 * for which it was prepared.
 *
 * @param checkpointId of the checkpoint that made it
 * @param version of the sink's serializer that wrote the bytes
 * @param bytes as the sink's serializer wrote them; not changed
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content
public record StoredValue(long checkpointId, int version, byte[] bytes) {

  static <T> StoredValue of(long checkpointId, T value, SimpleVersionedSerializer<T> serializer)
      throws IOException {
    return new StoredValue(checkpointId, serializer.getVersion(), serializer.serialize(value));
  }

  <T> T read(SimpleVersionedSerializer<T> serializer) throws IOException {
    return serializer.deserialize(version, bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredValue that
        && checkpointId == that.checkpointId
        && version == that.version
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(checkpointId) + Arrays.hashCode(bytes);
  }
}
