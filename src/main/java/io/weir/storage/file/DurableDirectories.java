package io.weir.storage.file;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Directories that are still there after a power failure, with the names in them. */
final class DurableDirectories {
  private static final boolean CAN_OPEN_DIRECTORIES = File.separatorChar == '/';

  private DurableDirectories() {}

  /** Creates a directory and those above it, as far as they are missing. */
  static void create(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path above = directory.getParent();
    if (above != null) {
      create(above);
    }
    Files.createDirectories(directory);
    if (above != null) {
      force(above, above);
    }
  }

  /**
   * Forces the names in a directory, and in those above it up to {@code top}, to the disk. Those
   * above may have been created a moment ago by another thread that has not come to forcing them
   * yet; for an unchanged directory it costs next to nothing.
   */
  static void force(Path directory, Path top) throws IOException {
    if (!CAN_OPEN_DIRECTORIES) {
      return;
    }
    for (Path each = directory; each != null && each.startsWith(top); each = each.getParent()) {
      try (FileChannel channel = FileChannel.open(each, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
