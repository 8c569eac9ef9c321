package io.weir.snapshot;

import java.io.IOException;
import java.io.InputStream;

/** Port: gives back what a {@link StateWriter} has taken. Safe for use by several threads. */
public interface StateReader {

  /**
   * Opens the bytes behind a handle. Length and checksum are verified while reading: the read that
   * reaches the end throws if they do not match, so a reader that uses what it has read must read
   * to the end first or be able to take it back.
   *
   * @throws CorruptStateException if the bytes are not those that were written (also thrown by the
   *     stream's reads)
   * @throws IOException if they cannot be read
   */
  InputStream open(StateHandle handle) throws IOException;

  /**
   * Where the same bytes may be had from a place that is nearer, or the same handle. What is there
   * has not been verified.
   */
  default StateHandle.Stored nearest(StateHandle.Stored piece) {
    return piece;
  }
}
