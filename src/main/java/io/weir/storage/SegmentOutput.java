package io.weir.storage;

import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import java.io.IOException;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Writes a piece of state behind others in a merged file, which it has for itself until it ends.
 * What is left of a piece that is not finished is dead space.
 */
final class SegmentOutput extends StateOutput {
  private final MergedFiles files;
  private final MergedFile file;
  private final long offset;
  private final CRC32C crc = new CRC32C();
  private final byte[] single = new byte[1];

  /** Why the file cannot be used any more; null as long as it can. */
  private IOException failure;

  private boolean ended;

  SegmentOutput(MergedFiles files, MergedFile file) {
    this.files = files;
    this.file = file;
    this.offset = file.output().position();
  }

  @Override
  public long position() {
    return file.output().position() - offset;
  }

  @Override
  public void write(int b) throws IOException {
    single[0] = (byte) b;
    write(single, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, bytes.length);
    refuseIfEnded();
    boolean isWritten = false;
    try {
      file.output().write(bytes, from, length);
      isWritten = true;
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      if (!isWritten && failure == null) {
        failure = new IOException("nobody knows how much was written to " + file.location());
      }
    }
    crc.update(bytes, from, length);
  }

  @Override
  public StateHandle finish() throws IOException {
    refuseIfEnded();
    ended = true;
    StateHandle handle =
        new StateHandle.InSegment(file.location(), offset, position(), (int) crc.getValue());
    if (!files.giveBack(file)) {
      throw new IOException("the snapshot has ended before this piece of state was written");
    }
    return handle;
  }

  @Override
  public void close() throws IOException {
    if (!ended) {
      ended = true;
      if (failure == null) {
        boolean unused = files.giveBack(file);
      } else {
        files.giveUp(file, failure);
      }
    }
  }

  private void refuseIfEnded() throws IOException {
    if (ended) {
      throw new IOException("this piece of state is already finished or closed");
    }
    if (failure != null) {
      throw new IOException("writing this piece of state has failed before", failure);
    }
  }
}
