package io.weir.state.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local directory of all backends of one factory. A lock in it tells others that it is in use,
 * as long as the process lives; the first who finds one without takes it over.
 */
final class ProcessDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessDirectory.class);
  private static final String PREFIX = "weir-rocksdb-";
  private static final String LOCK = "lock";

  private final Path path;
  private final FileChannel channel;

  /** What dead processes have left in the same place, each with a lock on it; by directory. */
  private final Map<Path, FileChannel> dead;

  private volatile LeftTables left;

  /** How many backends have a directory in it; guarded by this object, like the next. */
  private int backends;

  private boolean closed;

  private ProcessDirectory(Path path, FileChannel channel, Map<Path, FileChannel> dead)
      throws IOException {
    this.path = path;
    this.channel = channel;
    this.dead = dead;
    this.left = LeftTables.in(List.copyOf(dead.keySet()));
  }

  /** Makes a new one, and takes over what dead processes have left in the same place. */
  static ProcessDirectory open(Path parent) throws IOException {
    Files.createDirectories(parent);
    Map<Path, FileChannel> dead = takeDead(parent);
    Path path = Files.createTempDirectory(parent, PREFIX);
    Path hidden = path.resolve(LOCK + ".new");
    FileChannel channel =
        FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      channel.lock();
      // whoever sees it, sees it locked
      Files.move(hidden, path.resolve(LOCK));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new ProcessDirectory(path, channel, dead);
  }

  Path path() {
    return path;
  }

  /**
   * Makes a directory for a backend.
   *
   * @param operatorName for people who look at it
   */
  synchronized WorkDirectory begin(String operatorName) throws IOException {
    if (closed) {
      throw new IOException(
          "no database can be opened in " + path + ": the job, or the server, has ended");
    }
    WorkDirectory directory = new WorkDirectory(path, operatorName, this::ended);
    backends++;
    return directory;
  }

  private synchronized void ended() {
    backends--;
    try {
      removeIfUnused();
    } catch (IOException e) {
      LOG.warn("The local directory {} could not be given up: {}", path, e.toString());
    }
  }

  /** What can be used for a restore. */
  LeftTables left() {
    return left;
  }

  /** Removes what dead processes have left: jobs have been restored. */
  synchronized void removeDead() {
    left = LeftTables.NONE;
    dead.forEach(
        (directory, lock) -> {
          LOG.info("Removing {}, which a process that is gone has left", directory);
          WorkDirectory.remove(directory);
          try {
            lock.close();
          } catch (IOException e) {
            LOG.debug("a lock was not closed in order", e);
          }
        });
    dead.clear();
  }

  /**
   * Removes it once the last backend's directory has gone. When a job has ended, a thread may still
   * be writing a snapshot that nobody wants: its database stays open and makes files until then.
   */
  @Override
  public synchronized void close() throws IOException {
    removeDead();
    closed = true;
    removeIfUnused();
  }

  private void removeIfUnused() throws IOException {
    if (closed && backends == 0) {
      channel.close();
      WorkDirectory.remove(path);
    }
  }

  private static Map<Path, FileChannel> takeDead(Path parent) throws IOException {
    List<Path> others;
    try (Stream<Path> all = Files.list(parent)) {
      others = all.filter(each -> each.getFileName().toString().startsWith(PREFIX)).toList();
    }
    Map<Path, FileChannel> dead = new HashMap<>();
    for (Path other : others) {
      Path lock = other.resolve(LOCK);
      if (Files.exists(lock)) {
        FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        if (isFree(channel)) {
          dead.put(other, channel);
        } else {
          channel.close();
        }
      }
    }
    return dead;
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // it is in use in this process
    }
  }
}
