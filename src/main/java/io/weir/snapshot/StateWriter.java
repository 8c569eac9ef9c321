package io.weir.snapshot;

import java.io.IOException;
import java.nio.file.Path;

/** Port: takes the state of one checkpoint or savepoint. Safe for use by several threads. */
public interface StateWriter {

  /** Begins a piece of state that belongs to this snapshot alone. */
  StateOutput create() throws IOException;

  /**
   * Begins a piece of state that later snapshots may refer to, too.
   *
   * @param source a file on a local disk with the same bytes, which never changes: what keeps a
   *     copy there may link to it
   */
  StateOutput createShared(Path source) throws IOException;

  /**
   * Whether this snapshot may refer to a piece of state that an earlier one has written as a shared
   * one: only if whoever owns this snapshot also decides about the life of that piece.
   */
  boolean mayRefer(StateHandle shared);

  /**
   * Whether it writes to files of this machine, which takes processor time and hardly any waiting
   * before a piece of state is finished.
   */
  default boolean isLocal() {
    return false;
  }

  /**
   * Says of which state bytes of this snapshot are: as often as there are any, until the snapshot
   * of the operator is written. Bytes of which nobody says it are of no state alone, such as a
   * database's list of its files.
   *
   * @param writtenBytes that were written for this snapshot
   * @param fullBytes that a restore reads
   */
  default void stateWritten(StateDescription state, long writtenBytes, long fullBytes) {}

  /**
   * A subtask has written all that it has for this snapshot: called once by each, before it
   * acknowledges. When the last one's call has returned, all pieces are durable.
   */
  default void subtaskWritten() throws IOException {}
}
