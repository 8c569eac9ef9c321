package io.weir.state.rocksdb;

import io.weir.snapshot.StateHandle;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Table files that are on the local disk already, because a process that is gone had them: what a
 * restore finds here it need not fetch. Immutable; safe for use by several threads.
 */
final class LeftTables {
  private static final Logger LOG = LoggerFactory.getLogger(LeftTables.class);

  static final LeftTables NONE = new LeftTables(Map.of());

  private static final String LOCAL = "file:";

  private final Map<Long, List<Path>> byLength;

  private LeftTables(Map<Long, List<Path>> byLength) {
    this.byLength = byLength;
  }

  /** Looks through directories. */
  static LeftTables in(List<Path> directories) throws IOException {
    Map<Long, List<Path>> byLength = new HashMap<>();
    for (Path directory : directories) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path file : (Iterable<Path>) all::iterator) {
          if (DatabaseFiles.isTable(file.getFileName().toString())) {
            byLength.computeIfAbsent(Files.size(file), none -> new ArrayList<>()).add(file);
          }
        }
      }
    }
    return new LeftTables(byLength);
  }

  /**
   * Links a file with this length and checksum to a place, if there is one.
   *
   * @return whether there was
   */
  boolean link(StateHandle.Stored wanted, Path target) {
    for (Path candidate : byLength.getOrDefault(wanted.length(), List.of())) {
      if (link(candidate, wanted, target)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Links the file behind a handle to a place, if it is that table alone, on the same local disk
   * and intact. A table is never changed, so both may have it.
   *
   * @return whether it was
   */
  static boolean linkStored(StateHandle.Stored stored, Path target) {
    if (!(stored instanceof StateHandle.InFile) || !stored.location().startsWith(LOCAL)) {
      return false;
    }
    Path file = Path.of(URI.create(stored.location()));
    return file.toFile().length() == stored.length() && link(file, stored, target);
  }

  private static boolean link(Path candidate, StateHandle.Stored wanted, Path target) {
    try {
      try (InputStream content = Files.newInputStream(candidate)) {
        if (!wanted.matches(content)) {
          return false;
        }
      }
      Files.createLink(target, candidate);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("{} is not used", candidate, e);
      return false;
    }
  }
}
