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
   * Ends the piece. It is durable when this returns, or, if other pieces go to the same file, when
   * {@link StateWriter#subtaskWritten} has returned to the last subtask.
   *
   * @return where the bytes are
   */
  public abstract StateHandle finish() throws IOException;

  @Override
  public abstract void close() throws IOException;
}
