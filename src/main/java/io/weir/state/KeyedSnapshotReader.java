package io.weir.state;

import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.StateReader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads what {@link KeyedSnapshotWriter} has written, from its first byte to its last. */
final class KeyedSnapshotReader implements KeyedBlocks {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final CanonicalKeyedState handle;
  private final KeyGroupRange wanted;
  private final InputStream in;
  private long position;

  /** The key group that is being read, or comes next. */
  private int keyGroup;

  /** Whether its beginning has been passed. */
  private boolean isInside;

  KeyedSnapshotReader(CanonicalKeyedState handle, KeyGroupRange wanted, StateReader reader)
      throws IOException {
    this.handle = handle;
    this.wanted = wanted;
    this.keyGroup = handle.range().start();
    this.in = new BufferedInputStream(reader.open(handle.data()), BUFFER_BYTES);
  }

  /** The next block of the wanted key groups, in ascending order of these; null at the end. */
  @Override
  public Block next() throws IOException {
    try {
      while (keyGroup <= handle.range().end()) {
        if (!isInside) {
          expectOffset(keyGroup);
          isInside = wanted.contains(keyGroup);
        }
        Block block = isInside ? readBlock() : null;
        if (block != null) {
          return block;
        }
        if (!isInside) {
          skip(endOf(keyGroup) - position);
        }
        isInside = false;
        keyGroup++;
      }
    } catch (EOFException e) {
      throw damaged("it ends too early", e);
    }
    if (in.read() != -1) {
      throw damaged("it goes on behind its end", null);
    }
    return null;
  }

  private long endOf(int group) {
    KeyGroupRange range = handle.range();
    return group < range.end()
        ? handle.offsets()[group + 1 - range.start()]
        : handle.data().sizeBytes();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Null at the end of the key group. */
  private Block readBlock() throws IOException {
    int state = readVarInt();
    if (state == 0) {
      return null;
    }
    if (state > handle.states().size()) {
      throw damaged(
          "key group "
              + keyGroup
              + " has an entry of state number "
              + state
              + " of "
              + handle.states().size(),
          null);
    }
    int entries = readVarInt();
    int length = readVarInt();
    if (length > handle.data().sizeBytes() - position) {
      throw damaged(
          "key group "
              + keyGroup
              + " has a block of "
              + length
              + " bytes, more than there are left",
          null);
    }
    byte[] bytes = in.readNBytes(length);
    position += bytes.length;
    if (bytes.length < length) {
      throw new EOFException();
    }
    return new Block(handle.states().get(state - 1), new RestoredBlock(keyGroup, entries, bytes));
  }

  private void expectOffset(int keyGroup) throws CorruptStateException {
    long expected = handle.offsets()[keyGroup - handle.range().start()];
    if (position != expected) {
      throw damaged(
          "key group " + keyGroup + " begins at byte " + position + " instead of " + expected,
          null);
    }
  }

  private void skip(long bytes) throws IOException {
    if (bytes < 0) {
      throw damaged("its key groups are not in ascending order", null);
    }
    in.skipNBytes(bytes);
    position += bytes;
  }

  private int readVarInt() throws IOException {
    int value = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      position++;
      value |= (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        if (value < 0) {
          break;
        }
        return value;
      }
    }
    throw damaged("the number at byte " + position + " is out of bounds", null);
  }

  private CorruptStateException damaged(String what, Throwable cause) {
    return new CorruptStateException(
        "the keyed state in "
            + handle.data()
            + " is damaged: "
            + what
            + "; restore from an older checkpoint",
        cause);
  }
}
