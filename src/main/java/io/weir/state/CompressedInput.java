package io.weir.state;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.util.Objects;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Reads what {@link CompressedOutput} has written. Reads no further than the frame that it needs,
 * and takes the memory of one frame, whatever the bytes say. Belongs to one thread; does not close
 * its source.
 */
final class CompressedInput extends InputStream {
  private static final LZ4SafeDecompressor DECOMPRESSOR =
      LZ4Factory.safeInstance().safeDecompressor();

  private final InputStream source;
  private final byte[] frame = new byte[CompressedOutput.MAX_FRAME_BYTES];
  private final byte[] block = new byte[CompressedOutput.MAX_FRAME_BYTES];
  private int position;
  private int end;

  CompressedInput(InputStream source) {
    this.source = source;
  }

  /** Whether every byte of the frames that have been begun has been read. */
  boolean isBetweenFrames() {
    return position == end;
  }

  @Override
  public int read() throws IOException {
    return hasNext() ? frame[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!hasNext()) {
      return -1;
    }
    int count = Math.min(length, end - position);
    System.arraycopy(frame, position, target, offset, count);
    position += count;
    return count;
  }

  private boolean hasNext() throws IOException {
    if (position < end) {
      return true;
    }
    int first = source.read();
    if (first < 0) {
      return false;
    }
    readFrame(bounded(first), bounded(source.read()));
    return true;
  }

  private void readFrame(int length, int stored) throws IOException {
    if (length == 0 || stored == 0 || stored > length) {
      throw new StreamCorruptedException(
          "a compressed frame has " + stored + " bytes for " + length);
    }
    boolean isPlain = stored == length;
    if (source.readNBytes(isPlain ? frame : block, 0, stored) < stored) {
      throw new EOFException();
    }
    position = 0;
    end = 0;
    if (!isPlain) {
      decompress(length, stored);
    }
    end = length;
  }

  private void decompress(int length, int stored) throws StreamCorruptedException {
    int given;
    try {
      given = DECOMPRESSOR.decompress(block, 0, stored, frame, 0, length);
    } catch (LZ4Exception | IndexOutOfBoundsException e) {
      StreamCorruptedException damaged =
          new StreamCorruptedException("a compressed frame cannot be read: " + e.getMessage());
      damaged.initCause(e);
      throw damaged;
    }
    if (given != length) {
      throw new StreamCorruptedException(
          "a compressed frame holds " + given + " bytes instead of " + length);
    }
  }

  /** A variable-length integer, of which the first byte has been read, of a frame's length. */
  private int bounded(int first) throws IOException {
    int value = 0;
    int next = first;
    for (int shift = 0; next >= 0; shift += 7) {
      value |= (next & 0x7F) << shift;
      if (value > CompressedOutput.MAX_FRAME_BYTES || shift > 14) {
        throw new StreamCorruptedException(
            "a compressed frame is longer than " + CompressedOutput.MAX_FRAME_BYTES + " bytes");
      }
      if ((next & 0x80) == 0) {
        return value;
      }
      next = source.read();
    }
    throw new EOFException();
  }
}
