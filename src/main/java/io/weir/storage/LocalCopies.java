package io.weir.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local copies of the state that one checkpoint writes. After a failure it makes no more of
 * them. Safe for use by several threads.
 */
final class LocalCopies {
  private static final Logger LOG = LoggerFactory.getLogger(LocalCopies.class);
  private static final String LOCAL = "file:";

  private final LocalBackup backup;

  /** Each is in it before it is begun. */
  private final Set<String> names;

  private final AtomicBoolean failed = new AtomicBoolean();

  LocalCopies(LocalBackup backup, Set<String> names) {
    this.backup = backup;
    this.names = names;
  }

  /**
   * Adds a copy to what is written.
   *
   * @param object the file itself
   * @param source a local file with the same bytes, which never changes; null if there is none
   */
  StorageOutput copied(RelativePath file, StorageOutput object, Path source) {
    if (failed.get()) {
      return object;
    }
    String name = file.name();
    names.add(name);
    ObjectStorage disk = backup.diskOf(name);
    RelativePath copy = backup.pathOf(name);
    try {
      String location = disk.locationOf(copy);
      StorageOutput output =
          source != null && location.startsWith(LOCAL)
              ? new LinkedOutput(source, Path.of(URI.create(location)))
              : disk.create(copy);
      return new CopiedOutput(object, output, e -> failed(copy, disk, e));
    } catch (IOException e) {
      failed(copy, disk, e);
      return object;
    }
  }

  /** Removes them; may be called again. */
  void discard() {
    for (String name : names) {
      ObjectStorage disk = backup.diskOf(name);
      try {
        disk.delete(Set.of(backup.pathOf(name)));
      } catch (IOException e) {
        failed(backup.pathOf(name), disk, e);
      }
    }
  }

  private void failed(RelativePath copy, ObjectStorage disk, IOException e) {
    if (!failed.getAndSet(true)) {
      LOG.warn(
          "The local copy {} could not be written or removed; the checkpoint goes on without more"
              + " of them: {}",
          disk.locationOf(copy),
          e.getMessage());
    }
  }
}
