package io.weir.engine;

import io.weir.snapshot.StateWriter;
import java.io.IOException;

/** Port: where the tasks' parts of a checkpoint are written. Safe for use by several threads. */
@FunctionalInterface
public interface SnapshotWriters {

  /**
   * Where the state of one checkpoint goes.
   *
   * @throws IOException if this checkpoint takes no state any more
   */
  StateWriter writerOf(long checkpointId) throws IOException;
}
