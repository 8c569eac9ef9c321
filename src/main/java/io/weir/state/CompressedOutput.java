package io.weir.state;

import io.weir.serial.BinaryOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/**
 * Compresses what is written to it, frame by frame. A frame is: how many bytes it holds, how many
 * are stored for them, both as variable-length integers, and the stored bytes: an LZ4 block, or, if
 * the two numbers are equal, the bytes as they are. {@link #flush()} ends the present frame.
 * Belongs to one thread; does not close its target.
 */
final class CompressedOutput extends OutputStream {
  /** No frame holds more, so that a damaged one cannot ask for more memory than this. */
  static final int MAX_FRAME_BYTES = 64 * 1024;

  private static final LZ4Compressor COMPRESSOR = LZ4Factory.safeInstance().fastCompressor();

  private final OutputStream target;
  private final BinaryOutput header = new BinaryOutput();
  private final byte[] frame = new byte[MAX_FRAME_BYTES];
  private final byte[] block = new byte[COMPRESSOR.maxCompressedLength(MAX_FRAME_BYTES)];
  private int filled;

  CompressedOutput(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(int b) throws IOException {
    if (filled == MAX_FRAME_BYTES) {
      flush();
    }
    frame[filled++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    for (int written = 0; written < length; ) {
      if (filled == MAX_FRAME_BYTES) {
        flush();
      }
      int next = Math.min(length - written, MAX_FRAME_BYTES - filled);
      System.arraycopy(bytes, offset + written, frame, filled, next);
      filled += next;
      written += next;
    }
  }

  @Override
  public void flush() throws IOException {
    if (filled == 0) {
      return;
    }
    int compressed = COMPRESSOR.compress(frame, 0, filled, block, 0, block.length);
    boolean isSmaller = compressed < filled;
    int stored = isSmaller ? compressed : filled;
    header.writeUnsignedVarInt(filled);
    header.writeUnsignedVarInt(stored);
    header.flushTo(target);
    target.write(isSmaller ? block : frame, 0, stored);
    filled = 0;
  }
}
