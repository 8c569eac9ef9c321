package io.weir.state;

import io.weir.snapshot.StateWriter;
import java.io.IOException;

/**
 * A snapshot whose content is fixed but not yet written. Exactly one of {@link #write} and {@link
 * #discard} is to be called, once, from any thread.
 *
 * @param <H> the kind of handle that it becomes
 */
public interface PendingSnapshot<H> {

  /**
   * Writes the state and frees what the snapshot held. May take long; stops with an {@link
   * IOException} soon after its thread has been interrupted.
   *
   * @return where the state is, or null if there is none
   */
  H write(StateWriter writer) throws IOException;

  /** Frees what the snapshot held. */
  void discard();
}
