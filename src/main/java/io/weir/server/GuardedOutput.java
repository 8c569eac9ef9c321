package io.weir.server;

import io.weir.storage.StorageOutput;
import java.io.IOException;

/** Writes an object of a {@link GuardedStorage}; that it becomes durable is one guarded request. */
final class GuardedOutput extends StorageOutput {
  private final GuardedStorage storage;
  private final String what;
  private final StorageOutput out;

  GuardedOutput(GuardedStorage storage, String what, StorageOutput out) {
    this.storage = storage;
    this.what = what;
    this.out = out;
  }

  @Override
  protected void append(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  @Override
  protected void complete() throws IOException {
    storage.once(
        what,
        () -> {
          out.commit();
          return null;
        });
  }

  @Override
  protected void abort() throws IOException {
    out.close();
  }
}
