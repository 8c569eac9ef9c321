package io.weir.snapshot;

import java.io.IOException;

/** Port: takes the state of one checkpoint or savepoint. Safe for use by several threads. */
public interface StateWriter {

  /** Begins a piece of state that belongs to this snapshot alone. */
  StateOutput create() throws IOException;
}
