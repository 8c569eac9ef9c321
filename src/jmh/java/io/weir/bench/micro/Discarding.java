package io.weir.bench.micro;

import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.snapshot.StateReader;
import io.weir.snapshot.StateWriter;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.file.Path;

/** Takes the bytes of snapshots and keeps none, so that no disk is measured. */
final class Discarding implements StateWriter, StateReader {

  @Override
  public StateOutput create() {
    return new Output();
  }

  @Override
  public StateOutput createShared(Path source) {
    return create();
  }

  @Override
  public boolean mayRefer(StateHandle shared) {
    return true;
  }

  @Override
  public InputStream open(StateHandle handle) throws FileNotFoundException {
    throw new FileNotFoundException(handle + " was not kept");
  }

  private static final class Output extends StateOutput {
    private long position;

    @Override
    public void write(int value) {
      position++;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      position += length;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public StateHandle finish() {
      return new StateHandle.InFile("nowhere", position, 0);
    }

    @Override
    public void close() {}
  }
}
