package io.weir.state.rocksdb;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The local directory of one backend: its database, and snapshots that are being written. */
final class WorkDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(WorkDirectory.class);
  private static final int LONGEST_NAME = 40;

  private final Path path;
  private final Runnable whenRemoved;
  private final AtomicBoolean removed = new AtomicBoolean();

  /**
   * Makes a new directory.
   *
   * @param parent of the directories of all backends
   * @param operatorName for people who look at it
   * @param whenRemoved called once
   */
  WorkDirectory(Path parent, String operatorName, Runnable whenRemoved) throws IOException {
    this.whenRemoved = whenRemoved;
    Files.createDirectories(parent);
    String name = operatorName.replaceAll("[^A-Za-z0-9]+", "-");
    path =
        Files.createTempDirectory(
            parent, name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "-");
  }

  Path database() {
    return path.resolve("db");
  }

  /** Of the links that belong to the snapshot of a checkpoint. */
  Path snapshot(long checkpointId) {
    return path.resolve("chk-" + checkpointId);
  }

  /** Of a database that is merged into the one of this backend. */
  Path other(int index) {
    return path.resolve("other-" + index);
  }

  /** Removes it with all that is in it; nobody writes there any more. May be called again. */
  void remove() {
    if (removed.compareAndSet(false, true)) {
      remove(path);
      whenRemoved.run();
    }
  }

  /** Removes a directory with all that is in it. */
  static void remove(Path directory) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e)
                throws IOException {
              Files.deleteIfExists(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException e) {
      LOG.debug("{} has gone already", directory);
    } catch (IOException e) {
      LOG.warn("The local directory {} could not be removed: {}", directory, e.toString());
    }
  }
}
