package io.weir.inspect;

import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateReader;
import io.weir.state.KeyedBlocks;
import io.weir.state.StateBackendFactory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Goes through one keyed state of an operator, over all its subtasks, block by block in ascending
 * order of key groups. Holds one block of it. Belongs to one thread.
 */
final class KeyedStateScan implements AutoCloseable {
  private final String state;
  private final KeyGroupRange wanted;
  private final StateBackendFactory backend;
  private final StateReader reader;
  private final Deque<KeyedStateHandle> toCome = new ArrayDeque<>();
  private KeyedBlocks current;
  private KeyedBlocks.Block block;

  /**
   * @param operator null for none: then there is nothing to go through
   * @param backend opens what any backend has written
   */
  KeyedStateScan(
      OperatorState operator,
      String state,
      KeyGroupRange wanted,
      StateBackendFactory backend,
      StateReader reader) {
    this.state = state;
    this.wanted = wanted;
    this.backend = backend;
    this.reader = reader;
    if (operator != null) {
      operator.subtasks().values().stream()
          .flatMap(subtask -> subtask.keyed().stream())
          .filter(handle -> handle.range().intersection(wanted).size() > 0)
          .filter(handle -> handle.states().stream().anyMatch(this::isWanted))
          .forEach(toCome::add);
    }
  }

  private boolean isWanted(StateDescription description) {
    return description.name().equals(state);
  }

  /** The next block, without taking it; null at the end. */
  KeyedBlocks.Block peek() throws IOException {
    while (block == null && (current != null || !toCome.isEmpty())) {
      if (current == null) {
        KeyedStateHandle handle = toCome.remove();
        current = backend.open(handle, handle.range().intersection(wanted), reader);
      }
      block = current.next();
      if (block == null) {
        current.close();
        current = null;
      } else if (!isWanted(block.state())) {
        block = null;
      }
    }
    return block;
  }

  /** Takes the next block; null at the end. */
  KeyedBlocks.Block take() throws IOException {
    KeyedBlocks.Block taken = peek();
    block = null;
    return taken;
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
