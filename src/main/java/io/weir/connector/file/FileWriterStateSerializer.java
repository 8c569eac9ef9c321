package io.weir.connector.file;

import io.weir.api.connector.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.UUID;

/** Writes what writers keep. */
final class FileWriterStateSerializer implements SimpleVersionedSerializer<FileWriterState> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(FileWriterState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(state.jobId());
    out.writeLong(state.writer().getMostSignificantBits());
    out.writeLong(state.writer().getLeastSignificantBits());
    out.writeLong(state.nextNumber());
    return bytes.toByteArray();
  }

  @Override
  public FileWriterState deserialize(int version, byte[] serialized) throws IOException {
    StateVersions.check("state of a file writer", VERSION, version);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
    return new FileWriterState(in.readUTF(), new UUID(in.readLong(), in.readLong()), in.readLong());
  }
}
