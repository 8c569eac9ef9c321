package io.weir.connector.file;

import io.weir.api.connector.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Writes which files are to be committed. */
final class FileCommittableSerializer implements SimpleVersionedSerializer<FileCommittable> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(FileCommittable committable) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(committable.directory());
    out.writeUTF(committable.pendingName());
    out.writeUTF(committable.name());
    out.writeLong(committable.lengthBytes());
    return bytes.toByteArray();
  }

  @Override
  public FileCommittable deserialize(int version, byte[] serialized) throws IOException {
    StateVersions.check("file to be committed", VERSION, version);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
    return new FileCommittable(in.readUTF(), in.readUTF(), in.readUTF(), in.readLong());
  }
}
