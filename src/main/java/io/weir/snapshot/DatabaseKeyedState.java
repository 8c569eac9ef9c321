package io.weir.snapshot;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keyed state as the files of an embedded database; only the backend that has written it reads it.
 * Snapshots of one job share those of the files that have not changed between them.
 *
 * @param range the key groups in it
 * @param families the column families of the database, by name, and the state in each
 * @param files by their names in the directory of the database
 */
public record DatabaseKeyedState(
    KeyGroupRange range,
    SortedMap<String, StateDescription> families,
    SortedMap<String, StateHandle> files)
    implements KeyedStateHandle {
  public DatabaseKeyedState {
    families = Collections.unmodifiableSortedMap(new TreeMap<>(families));
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    for (String name : files.keySet()) {
      if (name.isEmpty() || name.startsWith(".") || name.contains("/") || name.contains("\\")) {
        throw new IllegalArgumentException("'" + name + "' is not the name of a database's file");
      }
    }
  }

  @Override
  public List<StateDescription> states() {
    return List.copyOf(families.values());
  }

  @Override
  public List<StateHandle> pieces() {
    return List.copyOf(files.values());
  }
}
