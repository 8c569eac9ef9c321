package io.weir.snapshot;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes one piece of state. Belongs to one thread. {@link #close()} without {@link #finish()}
 * throws the bytes away.
 */
public abstract class StateOutput extends OutputStream {

  /** How many bytes have been written so far. */
  public abstract long position();

  /**
   * Makes the bytes durable.
   *
   * @return where they are
   */
  public abstract StateHandle finish() throws IOException;

  @Override
  public abstract void close() throws IOException;
}
