package io.weir.connector.file;

import io.weir.api.connector.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the state of the enumerator. */
final class PendingSplitsSerializer implements SimpleVersionedSerializer<PendingSplits> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(PendingSplits pending) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(pending.splits().size());
    for (FileSourceSplit split : pending.splits()) {
      FileSplitSerializer.write(split, out);
    }
    return bytes.toByteArray();
  }

  @Override
  public PendingSplits deserialize(int version, byte[] serialized) throws IOException {
    StateVersions.check("list of pending files", VERSION, version);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
    int count = in.readInt();
    List<FileSourceSplit> splits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      splits.add(FileSplitSerializer.read(in));
    }
    return new PendingSplits(splits);
  }
}
