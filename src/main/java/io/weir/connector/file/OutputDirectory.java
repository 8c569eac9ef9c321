package io.weir.connector.file;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The directory of a sink, whose names survive a power failure once they are forced. */
final class OutputDirectory {
  private static final boolean CAN_OPEN_DIRECTORIES = File.separatorChar == '/';

  private OutputDirectory() {}

  /** Creates it, if it is missing, and checks that files can be created in it. */
  static void prepare(Path directory) throws IOException {
    try {
      create(directory);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          "The output directory %s cannot be created: %s is a file. Remove it, or give the sink another directory."
              .formatted(directory, e.getFile()),
          e);
    } catch (IOException e) {
      throw new IOException(
          "The output directory %s cannot be created: %s. Create it and let the user %s write to it."
              .formatted(directory, e, user()),
          e);
    }
    if (!Files.isWritable(directory)) {
      throw new IOException(
          "No files can be created in the output directory %s. Let the user %s write to it."
              .formatted(directory, user()));
    }
  }

  private static String user() {
    return System.getProperty("user.name");
  }

  private static void create(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path above = directory.getParent();
    if (above != null) {
      create(above);
    }
    Files.createDirectories(directory);
    if (above != null) {
      force(above);
    }
  }

  /** Forces the names of the files in it to the disk. */
  static void force(Path directory) throws IOException {
    if (CAN_OPEN_DIRECTORIES) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
