package io.weir.state;

import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.Compression;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.StateReader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;

/** Reads what {@link KeyedSnapshotWriter} has written, from its first byte to its last. */
final class KeyedSnapshotReader implements KeyedBlocks {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final CanonicalKeyedState handle;
  private final KeyGroupRange wanted;
  private final KeyGroupInput in;

  /** Null if they stand as they are. */
  private final CompressedInput compressed;

  /** The bytes of a key group as they were before they were compressed. */
  private final InputStream entries;

  /** The key group that is being read, or comes next. */
  private int keyGroup;

  /** Whether its beginning has been passed. */
  private boolean isInside;

  KeyedSnapshotReader(CanonicalKeyedState handle, KeyGroupRange wanted, StateReader reader)
      throws IOException {
    this.handle = handle;
    this.wanted = wanted;
    this.keyGroup = handle.range().start();
    this.in = new KeyGroupInput(new BufferedInputStream(reader.open(handle.data()), BUFFER_BYTES));
    this.compressed = handle.compression() == Compression.NONE ? null : new CompressedInput(in);
    this.entries = compressed == null ? in : compressed;
  }

  /** The next block of the wanted key groups, in ascending order of these; null at the end. */
  @Override
  public Block next() throws IOException {
    try {
      while (keyGroup <= handle.range().end()) {
        if (!isInside) {
          begin(keyGroup);
          isInside = wanted.contains(keyGroup);
        }
        Block block = isInside ? readBlock() : null;
        if (block != null) {
          return block;
        }
        if (!isInside) {
          in.skipRest();
        }
        isInside = false;
        keyGroup++;
      }
    } catch (EOFException e) {
      throw damaged("it ends too early", e);
    } catch (StreamCorruptedException e) {
      throw damaged(e.getMessage() + " in key group " + keyGroup, e);
    }
    if (!in.isAtEnd()) {
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
      if (compressed != null && !compressed.isBetweenFrames()) {
        throw damaged("key group " + keyGroup + " goes on behind its end", null);
      }
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
    int count = readVarInt();
    int length = readVarInt();
    if (compressed == null && length > in.left()) {
      throw damaged(
          "key group "
              + keyGroup
              + " has a block of "
              + length
              + " bytes, more than there are left",
          null);
    }
    byte[] bytes = entries.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return new Block(handle.states().get(state - 1), new RestoredBlock(keyGroup, count, bytes));
  }

  private void begin(int keyGroup) throws CorruptStateException {
    long expected = handle.offsets()[keyGroup - handle.range().start()];
    if (in.position() != expected) {
      throw damaged(
          "key group " + keyGroup + " begins at byte " + in.position() + " instead of " + expected,
          null);
    }
    in.begin(endOf(keyGroup));
    if (in.left() < 0) {
      throw damaged("its key groups are not in ascending order", null);
    }
  }

  private int readVarInt() throws IOException {
    int value = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      int next = entries.read();
      if (next < 0) {
        throw new EOFException();
      }
      value |= (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        if (value < 0) {
          break;
        }
        return value;
      }
    }
    throw damaged("the number at byte " + in.position() + " is out of bounds", null);
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
