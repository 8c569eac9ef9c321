package io.weir.connector.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Removes files that were begun after the checkpoint from which a job is restored. */
final class Leftovers {
  private Leftovers() {}

  /**
   * Removes them. Files of the checkpoint itself stay: they are committed, by whichever subtask got
   * them.
   */
  static void remove(Path directory, FileWriterState restored) throws IOException {
    try (DirectoryStream<Path> hidden =
        Files.newDirectoryStream(directory, ".part-*.inprogress." + restored.writer())) {
      for (Path file : hidden) {
        OptionalLong number =
            PartFileNames.numberOf(file.getFileName().toString(), restored.writer());
        if (number.isPresent() && number.getAsLong() >= restored.nextNumber()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
