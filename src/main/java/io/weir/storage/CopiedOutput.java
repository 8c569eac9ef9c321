package io.weir.storage;

import java.io.IOException;
import java.util.function.Consumer;

/** Writes an object and a copy of it. That there is no copy is no reason to have no object. */
final class CopiedOutput extends StorageOutput {
  private final StorageOutput object;
  private final Consumer<IOException> whenCopyFails;

  /** Null when it has failed. */
  private StorageOutput copy;

  CopiedOutput(StorageOutput object, StorageOutput copy, Consumer<IOException> whenCopyFails) {
    this.object = object;
    this.copy = copy;
    this.whenCopyFails = whenCopyFails;
  }

  private interface Step {
    void on(StorageOutput output) throws IOException;
  }

  @Override
  protected void append(byte[] bytes, int offset, int length) throws IOException {
    object.write(bytes, offset, length);
    copy(output -> output.write(bytes, offset, length));
  }

  @Override
  protected void complete() throws IOException {
    object.commit();
    copy(StorageOutput::commit);
  }

  @Override
  protected void abort() throws IOException {
    copy(StorageOutput::close);
    object.close();
  }

  private void copy(Step step) {
    if (copy == null) {
      return;
    }
    try {
      step.on(copy);
    } catch (IOException e) {
      StorageOutput failed = copy;
      copy = null;
      whenCopyFails.accept(e);
      close(failed);
    }
  }

  private void close(StorageOutput failed) {
    try {
      failed.close();
    } catch (IOException e) {
      whenCopyFails.accept(e);
    }
  }
}
