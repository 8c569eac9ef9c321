package io.weir.storage.gs;

import io.weir.storage.PartBuffer;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import java.io.IOException;
import java.util.List;

/** Fills one part of an object after the other, and sends it. */
final class GsOutput extends StorageOutput {
  private final GsStorage storage;
  private final RelativePath path;
  private PartBuffer part;

  /** Null until the first part is full. */
  private GsUpload upload;

  private boolean completing;

  GsOutput(GsStorage storage, RelativePath path) {
    this.storage = storage;
    this.path = path;
    storage.directory().keyOf(path);
    this.part = new PartBuffer(storage.connection().settings().chunkBytes());
  }

  @Override
  protected void append(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      if (part.isFull()) {
        upload().send(part.bytes(), part.size());
        part.clear();
      }
      int count = part.take(bytes, at, left);
      at += count;
      left -= count;
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
    try {
      last.end(part.bytes(), part.size());
    } catch (IOException e) {
      // what a refused end has not replaced is somebody else's
      completing = !GsFailure.isRefusal(e);
      throw e;
    }
    part = null;
  }

  @Override
  protected void abort() throws IOException {
    part = null;
    if (upload != null) {
      upload.cancel();
    }
    if (completing) {
      storage.delete(List.of(path));
    }
  }
}
