package io.weir.state;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.snapshot.StateReader;
import io.weir.snapshot.StateSize;
import io.weir.snapshot.StateWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32C;

/** Keeps state in memory. Like real storage it notices changed bytes when the last one is read. */
public final class MemoryStateStorage implements StateWriter, StateReader {
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Queue<StateSize> sizes = new ConcurrentLinkedQueue<>();

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
  public void stateWritten(StateDescription state, long writtenBytes, long fullBytes) {
    sizes.add(new StateSize(state.name(), state.kind(), writtenBytes, fullBytes));
  }

  /** What was said of the sizes of states since this was asked for the last time, by name. */
  public Map<String, StateSize> takeSizes() {
    Map<String, StateSize> byName =
        StateSize.sums(sizes).stream().collect(toMap(StateSize::name, identity()));
    sizes.clear();
    return byName;
  }

  @Override
  public InputStream open(StateHandle handle) throws IOException {
    StateHandle.InFile file = (StateHandle.InFile) handle;
    byte[] bytes = files.get(file.location());
    if (bytes == null) {
      throw new IOException(file.location() + " does not exist");
    }
    boolean intact = bytes.length == file.length() && crc(bytes) == file.crc32c();
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read() throws IOException {
        return checked(super.read());
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return checked(super.read(target, offset, length));
      }

      private int checked(int result) throws IOException {
        if (result < 0 && !intact) {
          throw new CorruptStateException("the checksum of " + file.location() + " does not match");
        }
        return result;
      }
    };
  }

  /** The bytes of a file, to be looked at or changed. */
  public byte[] bytes(StateHandle handle) {
    return files.get(((StateHandle.InFile) handle).location());
  }

  /** A handle of other bytes, with the right checksum. */
  public StateHandle.InFile put(byte[] bytes) {
    String location = "memory:" + files.size();
    files.put(location, bytes);
    return new StateHandle.InFile(location, bytes.length, crc(bytes));
  }

  public int fileCount() {
    return files.size();
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private final class Output extends StateOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int value) {
      bytes.write(value);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      bytes.write(source, offset, length);
    }

    @Override
    public long position() {
      return bytes.size();
    }

    @Override
    public StateHandle finish() {
      synchronized (files) {
        return put(bytes.toByteArray());
      }
    }

    @Override
    public void close() {}
  }
}
