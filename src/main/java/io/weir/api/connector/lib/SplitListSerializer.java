package io.weir.api.connector.lib;

import io.weir.api.connector.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes lists of splits: the version of the splits, their number, and the bytes of each.
 *
 * @param <S> type of the splits
 */
final class SplitListSerializer<S> implements SimpleVersionedSerializer<List<S>> {
  private static final int VERSION = 1;

  private final SimpleVersionedSerializer<S> splitSerializer;

  SplitListSerializer(SimpleVersionedSerializer<S> splitSerializer) {
    this.splitSerializer = splitSerializer;
  }

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(List<S> splits) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(splitSerializer.getVersion());
    out.writeInt(splits.size());
    for (S split : splits) {
      byte[] serialized = splitSerializer.serialize(split);
      out.writeInt(serialized.length);
      out.write(serialized);
    }
    return bytes.toByteArray();
  }

  @Override
  public List<S> deserialize(int version, byte[] serialized) throws IOException {
    Versions.check("list of splits", VERSION, version);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
    int splitVersion = in.readInt();
    int count = in.readInt();
    List<S> splits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = in.readInt();
      if (length < 0 || length > in.available()) {
        throw new IOException("A list of splits is damaged: a split of " + length + " bytes");
      }
      splits.add(splitSerializer.deserialize(splitVersion, in.readNBytes(length)));
    }
    return splits;
  }
}
