package io.weir.storage.file;

import io.weir.storage.RelativePath;
import io.weir.storage.StoredObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects the files below a directory. Files that come and go meanwhile may be in it or not; links
 * are not followed.
 */
final class FileListing extends SimpleFileVisitor<Path> {
  private final Path start;
  private final RelativePath prefix;
  private final List<StoredObject> objects = new ArrayList<>();

  private FileListing(Path start, RelativePath prefix) {
    this.start = start;
    this.prefix = prefix;
  }

  static List<StoredObject> of(Path start, RelativePath prefix) throws IOException {
    FileListing listing = new FileListing(start, prefix);
    Files.walkFileTree(start, listing);
    listing.objects.sort(Comparator.comparing(StoredObject::path));
    return List.copyOf(listing.objects);
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    String path = start.relativize(file).toString().replace(File.separatorChar, '/');
    if (attributes.isRegularFile() && RelativePath.isValid(path)) {
      objects.add(
          new StoredObject(
              prefix.resolve(path), attributes.size(), attributes.lastModifiedTime().toMillis()));
    }
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
    return e instanceof NoSuchFileException
        ? FileVisitResult.CONTINUE
        : super.postVisitDirectory(directory, e);
  }
}
