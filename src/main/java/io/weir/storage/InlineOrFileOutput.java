package io.weir.storage;

import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Collects state in memory as long as it is small enough to be inlined, and moves on to storage
 * when it is not.
 */
final class InlineOrFileOutput extends StateOutput {
  private static final int FIRST_BUFFER_BYTES = 512;

  private final CheckpointLocation location;
  private final Place place;
  private final int inlineThresholdBytes;
  private final int bufferLimitBytes;
  private byte[] buffer;
  private int buffered;
  private long position;

  /** Null as long as all of it is in the buffer. */
  private StateOutput stored;

  private boolean ended;

  /** Where state goes that is too large to be inlined. */
  @FunctionalInterface
  interface Place {
    StateOutput open() throws IOException;
  }

  InlineOrFileOutput(CheckpointLocation location, CheckpointStorageSettings settings, Place place) {
    this.location = location;
    this.place = place;
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
      writeBuffer();
      stored.write(bytes, offset, length);
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
    if (stored == null && buffered <= inlineThresholdBytes) {
      ended = true;
      return new StateHandle.Inline(Arrays.copyOf(buffer, buffered));
    }
    writeBuffer();
    StateHandle handle = stored.finish();
    ended = true;
    return handle;
  }

  @Override
  public void close() throws IOException {
    if (!ended && stored != null) {
      stored.close();
    }
    ended = true;
  }

  /** Makes room for this many bytes, at most the buffer's limit. */
  private void makeRoom(int bytes) throws IOException {
    int needed = buffered + bytes;
    if (needed > bufferLimitBytes) {
      writeBuffer();
    } else if (needed > buffer.length) {
      buffer =
          Arrays.copyOf(buffer, Math.min(Math.max(needed, 2 * buffer.length), bufferLimitBytes));
    }
    if (bytes > buffer.length) {
      buffer = new byte[bufferLimitBytes];
    }
  }

  private void writeBuffer() throws IOException {
    if (stored == null) {
      stored = place.open();
    }
    stored.write(buffer, 0, buffered);
    buffered = 0;
  }

  private void refuseIfEnded() throws IOException {
    if (ended) {
      throw new IOException("this piece of state is already finished or closed");
    }
  }
}
