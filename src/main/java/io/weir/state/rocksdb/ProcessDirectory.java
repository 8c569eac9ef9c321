package io.weir.state.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local directory of all backends of one factory. A lock in it tells others that it is in use,
 * as long as the process lives; the first who finds one without removes it.
 */
final class ProcessDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessDirectory.class);
  private static final String PREFIX = "weir-rocksdb-";
  private static final String LOCK = "lock";

  private final Path path;
  private final FileChannel channel;

  private ProcessDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Makes a new one, and removes what dead processes have left in the same place. */
  static ProcessDirectory open(Path parent) throws IOException {
    Files.createDirectories(parent);
    removeDead(parent);
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
    return new ProcessDirectory(path, channel);
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    WorkDirectory.remove(path);
  }

  private static void removeDead(Path parent) throws IOException {
    List<Path> others;
    try (Stream<Path> all = Files.list(parent)) {
      others = all.filter(each -> each.getFileName().toString().startsWith(PREFIX)).toList();
    }
    for (Path other : others) {
      Path lock = other.resolve(LOCK);
      if (Files.exists(lock) && isDead(lock)) {
        LOG.info("Removing {}, which a process that is gone has left", other);
        WorkDirectory.remove(other);
      }
    }
  }

  private static boolean isDead(Path lock) throws IOException {
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock taken = channel.tryLock()) {
      return taken != null;
    } catch (OverlappingFileLockException e) {
      return false; // it is in use in this process
    }
  }
}
