package io.weir.connector.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Cuts files into splits. */
final class FileSplits {
  private FileSplits() {}

  /**
   * The splits of all files, in the order of the files; those of a directory are sorted by name.
   *
   * @throws IOException if a file is missing or cannot be read
   */
  static List<FileSourceSplit> of(List<Path> filesAndDirectories, long sizeBytes)
      throws IOException {
    List<FileSourceSplit> splits = new ArrayList<>();
    for (Path each : filesAndDirectories) {
      for (Path file : files(each)) {
        long length = readableLength(file);
        String uri = file.toUri().toString();
        for (long start = 0; start < length; start += sizeBytes) {
          long end = Math.min(length, start + sizeBytes);
          splits.add(FileSourceSplit.unread(splits.size(), uri, start, end));
        }
      }
    }
    return splits;
  }

  private static List<Path> files(Path fileOrDirectory) throws IOException {
    if (!Files.isDirectory(fileOrDirectory)) {
      return List.of(fileOrDirectory);
    }
    try (Stream<Path> below = Files.walk(fileOrDirectory)) {
      return below
          .filter(Files::isRegularFile)
          .filter(file -> isVisible(fileOrDirectory.relativize(file)))
          .sorted()
          .toList();
    }
  }

  /** Files that others are writing begin with a dot or an underscore, as do directories of such. */
  private static boolean isVisible(Path relative) {
    for (Path element : relative) {
      String name = element.toString();
      if (name.startsWith(".") || name.startsWith("_")) {
        return false;
      }
    }
    return true;
  }

  private static long readableLength(Path file) throws IOException {
    if (Files.notExists(file)) {
      throw new IOException(
          "The source file %s does not exist. Create it, or correct the path of the source."
              .formatted(file));
    }
    if (!Files.isReadable(file)) {
      throw new IOException(
          "The source file %s cannot be read. Allow the user %s to read it and the directories above it."
              .formatted(file, System.getProperty("user.name")));
    }
    return Files.size(file);
  }
}
