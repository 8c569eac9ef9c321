package io.weir.connector.file;

import io.weir.api.connector.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Writes single splits: the state of readers. */
final class FileSplitSerializer implements SimpleVersionedSerializer<FileSourceSplit> {
  static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(FileSourceSplit split) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(split, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Override
  public FileSourceSplit deserialize(int version, byte[] serialized) throws IOException {
    StateVersions.check("position in a file", VERSION, version);
    return read(new DataInputStream(new ByteArrayInputStream(serialized)));
  }

  static void write(FileSourceSplit split, DataOutputStream out) throws IOException {
    out.writeInt(split.index());
    out.writeUTF(split.file());
    out.writeLong(split.start());
    out.writeLong(split.end());
    out.writeLong(split.position());
  }

  static FileSourceSplit read(DataInputStream in) throws IOException {
    return new FileSourceSplit(
        in.readInt(), in.readUTF(), in.readLong(), in.readLong(), in.readLong());
  }
}
