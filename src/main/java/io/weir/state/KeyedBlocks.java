package io.weir.state;

import io.weir.snapshot.StateDescription;
import java.io.Closeable;
import java.io.IOException;

/**
 * The keyed state in one piece of a snapshot as blocks, in ascending order of their key groups, one
 * at a time. Belongs to one thread.
 */
public interface KeyedBlocks extends Closeable {

  /** Some entries of one state in one key group. */
  record Block(StateDescription state, RestoredBlock content) {}

  /**
   * The next one, or null when all have been given; only then is it sure that nothing is damaged.
   *
   * @throws io.weir.snapshot.CorruptStateException if what was read is not what was written
   */
  Block next() throws IOException;
}
