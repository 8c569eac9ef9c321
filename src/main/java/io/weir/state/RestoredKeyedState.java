package io.weir.state;

import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Keyed state that was restored before anybody has asked for it. A job names its states, and with
 * them their types, only while it opens; until then the bytes are kept as they are. A state that
 * nobody asks for goes into the next snapshot unchanged.
 *
 * <p>Belongs to the task's thread; what it gives out is immutable.
 */
public final class RestoredKeyedState {
  private final List<RestoredState> states;

  private RestoredKeyedState(List<RestoredState> states) {
    this.states = states;
  }

  /**
   * Reads the key groups of a range out of any number of old subtasks' state. Every byte is read,
   * so that all checksums are verified.
   *
   * @throws CorruptStateException if what was read is not what was written
   */
  public static RestoredKeyedState read(
      List<KeyedStateHandle> handles, KeyGroupRange range, StateReader reader) throws IOException {
    Map<StateDescription, List<RestoredBlock>> blocks = new LinkedHashMap<>();
    for (KeyedStateHandle handle : handles) {
      if (!(handle instanceof CanonicalKeyedState canonical)) {
        throw new StateException(
            "the snapshot holds the files of a RocksDB database, which only the RocksDB backend reads;"
                + " restore it with state.backend.type = rocksdb and take a canonical savepoint,"
                + " which every backend reads");
      }
      forEachBlock(
          canonical,
          range,
          reader,
          (state, block) -> blocks.computeIfAbsent(state, none -> new ArrayList<>()).add(block));
    }
    List<RestoredState> states = new ArrayList<>();
    blocks.forEach(
        (description, list) -> {
          list.sort(Comparator.comparingInt(RestoredBlock::keyGroup));
          states.add(new RestoredState(description, List.copyOf(list)));
        });
    return new RestoredKeyedState(states);
  }

  /**
   * Gives all blocks of a range's key groups to the consumer, in ascending order of key groups, and
   * reads the rest too, so that the checksum is verified.
   *
   * @throws CorruptStateException if what was read is not what was written; by then the consumer
   *     may have been given damaged blocks
   */
  public static void forEachBlock(
      CanonicalKeyedState handle,
      KeyGroupRange range,
      StateReader reader,
      BiConsumer<StateDescription, RestoredBlock> consumer)
      throws IOException {
    if (handle.range().intersection(range).size() > 0) {
      try (KeyedSnapshotReader snapshot = new KeyedSnapshotReader(handle, range, reader)) {
        for (KeyedBlocks.Block block = snapshot.next(); block != null; block = snapshot.next()) {
          consumer.accept(block.state(), block.content());
        }
      }
    }
  }

  /**
   * Hands over the states of this name: usually none or one; several if old subtasks have written
   * it with different types.
   */
  public List<RestoredState> take(String name) {
    List<RestoredState> taken = new ArrayList<>();
    for (Iterator<RestoredState> each = states.iterator(); each.hasNext(); ) {
      RestoredState state = each.next();
      if (state.description().name().equals(name)) {
        taken.add(state);
        each.remove();
      }
    }
    return taken;
  }

  /** The states that nobody has taken. */
  public List<RestoredState> remaining() {
    return List.copyOf(states);
  }
}
