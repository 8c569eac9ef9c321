package io.weir.storage.gs;

import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Fills one part of an object after the other, and sends it. */
final class GsOutput extends StorageOutput {
  private static final int FIRST_BUFFER_BYTES = 64 << 10;

  private final GsStorage storage;
  private final RelativePath path;
  private final int chunkBytes;
  private byte[] buffer;
  private int filled;

  /** Null until the first part is full. */
  private GsUpload upload;

  private boolean completing;

  GsOutput(GsStorage storage, RelativePath path) {
    this.storage = storage;
    this.path = path;
    storage.keyOf(path);
    this.chunkBytes = storage.connection().settings().chunkBytes();
    this.buffer = new byte[Math.min(FIRST_BUFFER_BYTES, chunkBytes)];
  }

  @Override
  protected void append(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      if (filled == chunkBytes) {
        upload().send(buffer, filled);
        filled = 0;
      }
      makeRoom(left);
      int count = Math.min(left, buffer.length - filled);
      System.arraycopy(bytes, at, buffer, filled, count);
      filled += count;
      at += count;
      left -= count;
    }
  }

  /** Grows the buffer, up to a part, so that short objects take little memory. */
  private void makeRoom(int bytes) {
    long needed = Math.min((long) filled + bytes, chunkBytes);
    if (needed > buffer.length) {
      long size = Math.max(needed, 2L * buffer.length);
      buffer = Arrays.copyOf(buffer, (int) Math.min(size, chunkBytes));
    }
  }

  private GsUpload upload() throws IOException {
    if (upload == null) {
      upload = GsUpload.replacing(storage, path);
    }
    return upload;
  }

  @Override
  protected void complete() throws IOException {
    GsUpload last = upload();
    completing = true;
    last.end(buffer, filled);
    buffer = null;
  }

  @Override
  protected void abort() throws IOException {
    buffer = null;
    if (upload != null) {
      upload.cancel();
    }
    if (completing) {
      storage.delete(List.of(path));
    }
  }
}
