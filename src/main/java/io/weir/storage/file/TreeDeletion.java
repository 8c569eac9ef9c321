package io.weir.storage.file;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Removes a directory with all that is in it. A link is removed, not followed. */
final class TreeDeletion extends SimpleFileVisitor<Path> {
  /** How often it begins anew when others put files in it meanwhile. */
  private static final int MAX_ROUNDS = 5;

  private TreeDeletion() {}

  static void delete(Path directory) throws IOException {
    for (int round = 1; ; round++) {
      try {
        Files.walkFileTree(directory, new TreeDeletion());
        return;
      } catch (DirectoryNotEmptyException e) {
        if (round == MAX_ROUNDS) {
          throw e;
        }
      }
    }
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    Files.deleteIfExists(file);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (e instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw e;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
    if (e != null && !(e instanceof NoSuchFileException)) {
      throw e;
    }
    Files.deleteIfExists(directory);
    return FileVisitResult.CONTINUE;
  }
}
