package io.weir.storage.file;

import io.weir.storage.ObjectStorage;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import io.weir.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Objects as files below a directory. */
final class FileStorage implements ObjectStorage {
  private final URI root;
  private final Path directory;
  private final Supplier<UUID> temporaryNames;

  FileStorage(URI root, Path directory, Supplier<UUID> temporaryNames) {
    this.root = root;
    this.directory = directory;
    this.temporaryNames = temporaryNames;
  }

  @Override
  public URI root() {
    return root;
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public StorageOutput create(RelativePath path) throws IOException {
    Path file = fileOf(path);
    DurableDirectories.create(file.getParent());
    return new FileOutput(directory, temporaryFor(file), file);
  }

  @Override
  public boolean putIfAbsent(RelativePath path, byte[] content) throws IOException {
    Path file = fileOf(path);
    DurableDirectories.create(file.getParent());
    Path temporary = temporaryFor(file);
    try {
      writeNew(temporary, content);
      boolean written = linkOrWrite(temporary, file, content);
      DurableDirectories.force(file.getParent(), directory);
      return written;
    } catch (IOException e) {
      throw FileFailure.of(file, e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public InputStream open(RelativePath path) throws IOException {
    Path file = fileOf(path);
    if (Files.isDirectory(file)) {
      throw new NoSuchFileException(file.toString(), null, "it is a directory");
    }
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      NoSuchFileException missing =
          new NoSuchFileException(file.toString(), null, "there is no such file");
      missing.initCause(e);
      throw missing;
    }
  }

  @Override
  public OptionalLong length(RelativePath path) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(fileOf(path), BasicFileAttributes.class);
      return attributes.isRegularFile() ? OptionalLong.of(attributes.size()) : OptionalLong.empty();
    } catch (FileSystemException e) {
      if (isAbsence(e)) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }

  @Override
  public List<StoredObject> list(RelativePath below) throws IOException {
    Path start = pathOf(below);
    return Files.isDirectory(start) ? FileListing.of(start.toRealPath(), below) : List.of();
  }

  @Override
  public List<String> children(RelativePath below) throws IOException {
    try (Stream<Path> entries = Files.list(pathOf(below))) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(RelativePath::isValid)
          .sorted()
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  @Override
  public void delete(Collection<RelativePath> objects) throws IOException {
    Set<Path> changed = new TreeSet<>();
    for (RelativePath object : objects) {
      Path file = fileOf(object);
      if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && deleteIfThere(file)) {
        changed.add(file.getParent());
      }
    }
    for (Path each : changed) {
      DurableDirectories.force(each, each);
    }
  }

  @Override
  public void deleteTree(RelativePath below) throws IOException {
    TreeDeletion.delete(fileOf(below));
  }

  private static boolean deleteIfThere(Path file) throws IOException {
    try {
      return Files.deleteIfExists(file);
    } catch (FileSystemException e) {
      if (isAbsence(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Whether there is no such file; also if what should be its directory is a file. */
  private static boolean isAbsence(FileSystemException e) {
    return e instanceof NoSuchFileException || "Not a directory".equals(e.getReason());
  }

  private static void writeNew(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /**
   * Gives the file its name, if that is free. A link is atomic, a move is not (it would replace).
   * Where the file system has no links the file is written under its name at once: still one writer
   * only, but a crash may leave a part of it, which its checksum tells.
   */
  private static boolean linkOrWrite(Path temporary, Path file, byte[] content) throws IOException {
    try {
      Files.createLink(file, temporary);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      return writeUnlessThere(file, content);
    }
  }

  private static boolean writeUnlessThere(Path file, byte[] content) throws IOException {
    try {
      writeNew(file, content);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private Path fileOf(RelativePath path) {
    return pathOf(path.requireObject());
  }

  private Path pathOf(RelativePath path) {
    return directory.resolve(path.toString());
  }

  private Path temporaryFor(Path file) {
    return file.resolveSibling("." + file.getFileName() + "." + temporaryNames.get() + ".part");
  }
}
