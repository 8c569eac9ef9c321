package io.weir.storage;

import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Collects state in memory as long as it is small enough to be inlined, and moves on to a file when
 * it is not.
 */
final class InlineOrFileOutput extends StateOutput {
  private static final int FIRST_BUFFER_BYTES = 512;

  private final CheckpointLocation location;
  private final Supplier<RelativePath> names;
  private final Path source;
  private final int inlineThresholdBytes;
  private final int bufferLimitBytes;
  private byte[] buffer;
  private int buffered;
  private long position;

  /** Null as long as all of it is in the buffer. */
  private StorageOutput file;

  private RelativePath path;
  private boolean ended;

  /**
   * @param names gives the file, if there has to be one, its place
   * @param source a local file with the same bytes; null if there is none
   */
  InlineOrFileOutput(
      CheckpointLocation location,
      CheckpointStorageSettings settings,
      Supplier<RelativePath> names,
      Path source) {
    this.location = location;
    this.names = names;
    this.source = source;
    this.inlineThresholdBytes = settings.inlineThresholdBytes();
    this.bufferLimitBytes = Math.max(inlineThresholdBytes, settings.writeBufferBytes());
    this.buffer = new byte[Math.min(FIRST_BUFFER_BYTES, bufferLimitBytes)];
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void write(int b) throws IOException {
    refuseIfEnded();
    makeRoom(1);
    buffer[buffered++] = (byte) b;
    position++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    refuseIfEnded();
    if (length > bufferLimitBytes) {
      flushToFile();
      file.write(bytes, offset, length);
    } else {
      makeRoom(length);
      System.arraycopy(bytes, offset, buffer, buffered, length);
      buffered += length;
    }
    position += length;
  }

  @Override
  public StateHandle finish() throws IOException {
    refuseIfEnded();
    location.refuseIfDiscarded();
    if (file == null && buffered <= inlineThresholdBytes) {
      ended = true;
      return new StateHandle.Inline(Arrays.copyOf(buffer, buffered));
    }
    flushToFile();
    file.commit();
    ended = true;
    if (location.isDiscarded()) {
      location.discard();
      location.refuseIfDiscarded();
    }
    return location.handleOf(path, file.position(), file.crc32c());
  }

  @Override
  public void close() throws IOException {
    if (!ended && file != null) {
      file.close();
      if (location.isDiscarded()) {
        location.discard();
      }
    }
    ended = true;
  }

  /** Makes room for this many bytes, at most the buffer's limit. */
  private void makeRoom(int bytes) throws IOException {
    int needed = buffered + bytes;
    if (needed > bufferLimitBytes) {
      flushToFile();
    } else if (needed > buffer.length) {
      buffer =
          Arrays.copyOf(buffer, Math.min(Math.max(needed, 2 * buffer.length), bufferLimitBytes));
    }
    if (bytes > buffer.length) {
      buffer = new byte[bufferLimitBytes];
    }
  }

  private void flushToFile() throws IOException {
    if (file == null) {
      path = names.get();
      file = location.createFile(path, source);
    }
    file.write(buffer, 0, buffered);
    buffered = 0;
  }

  private void refuseIfEnded() throws IOException {
    if (ended) {
      throw new IOException("this piece of state is already finished or closed");
    }
  }
}
