package io.weir.snapshot;

import java.io.IOException;

/** Port: takes the state of one checkpoint or savepoint. Safe for use by several threads. */
public interface StateWriter {

  /** Begins a piece of state that belongs to this snapshot alone. */
  StateOutput create() throws IOException;

  /** Begins a piece of state that later snapshots may refer to, too. */
  StateOutput createShared() throws IOException;

  /**
   * Whether this snapshot may refer to a piece of state that an earlier one has written as a shared
   * one: only if whoever owns this snapshot also decides about the life of that piece.
   */
  boolean mayRefer(StateHandle shared);
}
