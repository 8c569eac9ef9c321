package io.weir.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Writes one object. It appears under its name, whole and durable, when {@link #commit()} returns,
 * and not before; {@link #close()} without a commit leaves nothing behind. Length and CRC-32C are
 * taken on the way. Belongs to one thread.
 */
public abstract class StorageOutput extends OutputStream {
  private final CRC32C crc = new CRC32C();
  private final byte[] single = new byte[1];
  private long position;
  private boolean committed;
  private boolean closed;

  /** How many bytes have been written so far. */
  public final long position() {
    return position;
  }

  /** The CRC-32C of the bytes written so far. */
  public final int crc32c() {
    return (int) crc.getValue();
  }

  @Override
  public final void write(int b) throws IOException {
    single[0] = (byte) b;
    write(single, 0, 1);
  }

  @Override
  public final void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (closed || committed) {
      throw new IOException("the object is already " + (committed ? "committed" : "closed"));
    }
    append(bytes, offset, length);
    crc.update(bytes, offset, length);
    position += length;
  }

  /**
   * Makes the object durable and visible under its name, replacing what had this name.
   *
   * @throws IOException if that failed; whether the object is there is then unknown until {@link
   *     #close()}, which removes it
   */
  public final void commit() throws IOException {
    if (closed || committed) {
      throw new IOException("the object is already " + (committed ? "committed" : "closed"));
    }
    complete();
    committed = true;
  }

  /**
   * Ends the writing; removes everything if there was no successful {@link #commit()}. May be
   * called again.
   */
  @Override
  public final void close() throws IOException {
    if (!closed) {
      closed = true;
      if (!committed) {
        abort();
      }
    }
  }

  /** Takes the next bytes. */
  protected abstract void append(byte[] bytes, int offset, int length) throws IOException;

  /** Makes the object durable and visible; nothing is open afterwards. */
  protected abstract void complete() throws IOException;

  /** Removes all traces, also after a failed {@link #complete()}. */
  protected abstract void abort() throws IOException;
}
