package io.weir.testkit;

import io.weir.storage.StorageOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Writes an object to an {@link InMemoryStorage}, in the steps that a file system takes. */
final class InMemoryOutput extends StorageOutput {
  private final InMemoryStorage disk;
  private final String location;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private boolean contentSynced;
  private boolean named;

  InMemoryOutput(InMemoryStorage disk, String location) {
    this.disk = disk;
    this.location = location;
  }

  static String unfinished(String location) {
    return location + ".part";
  }

  @Override
  protected void append(byte[] bytes, int offset, int length) throws IOException {
    disk.step(
        StorageOperation.APPEND,
        location,
        () -> {
          written.write(bytes, offset, length);
          disk.put(unfinished(location), written.toByteArray(), false);
        });
  }

  @Override
  protected void complete() throws IOException {
    disk.step(StorageOperation.SYNC_CONTENT, location, () -> contentSynced = true);
    disk.step(
        StorageOperation.NAME,
        location,
        () -> {
          disk.remove(unfinished(location), true);
          disk.put(location, written.toByteArray(), contentSynced);
          named = true;
        });
    disk.step(StorageOperation.SYNC_NAME, location, () -> disk.syncName(location));
  }

  @Override
  protected void abort() throws IOException {
    disk.step(
        StorageOperation.ABORT,
        location,
        () -> {
          disk.remove(unfinished(location), true);
          if (named) {
            disk.remove(location, true);
          }
        });
  }
}
