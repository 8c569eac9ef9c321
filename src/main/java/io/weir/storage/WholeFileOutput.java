package io.weir.storage;

import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import java.io.IOException;

/** Writes a piece of state that has a file of its own. */
final class WholeFileOutput extends StateOutput {
  private final CheckpointLocation location;
  private final RelativePath path;
  private final StorageOutput file;
  private boolean ended;

  WholeFileOutput(CheckpointLocation location, RelativePath path, StorageOutput file) {
    this.location = location;
    this.path = path;
    this.file = file;
  }

  @Override
  public long position() {
    return file.position();
  }

  @Override
  public void write(int b) throws IOException {
    file.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    file.write(bytes, offset, length);
  }

  @Override
  public StateHandle finish() throws IOException {
    file.commit();
    ended = true;
    location.removeIfDiscarded();
    return new StateHandle.InFile(location.locationOf(path), file.position(), file.crc32c());
  }

  @Override
  public void close() throws IOException {
    if (!ended) {
      ended = true;
      file.close();
      if (location.isDiscarded()) {
        location.discard();
      }
    }
  }
}
