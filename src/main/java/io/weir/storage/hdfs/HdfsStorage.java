package io.weir.storage.hdfs;

import io.weir.storage.ObjectStorage;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import io.weir.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;

/** Objects as files below a directory of a cluster. */
final class HdfsStorage implements ObjectStorage {
  private final HdfsConnection connection;
  private final URI root;
  private final Supplier<UUID> temporaryNames;

  HdfsStorage(HdfsConnection connection, URI root, Supplier<UUID> temporaryNames) {
    this.connection = connection;
    this.root = root;
    this.temporaryNames = temporaryNames;
  }

  HdfsConnection connection() {
    return connection;
  }

  @Override
  public URI root() {
    return root;
  }

  @Override
  public StorageOutput create(RelativePath path) throws IOException {
    return output(path, Options.Rename.OVERWRITE);
  }

  @Override
  public boolean putIfAbsent(RelativePath path, byte[] content) throws IOException {
    try (StorageOutput out = output(path, Options.Rename.NONE)) {
      out.write(content);
      out.commit();
      return true;
    } catch (IOException e) {
      if (e.getCause() instanceof FileAlreadyExistsException) {
        return false;
      }
      throw e;
    }
  }

  private StorageOutput output(RelativePath path, Options.Rename ifTaken) throws IOException {
    Path file = fileOf(path);
    Path temporary =
        new Path(file.getParent(), "." + path.name() + "." + temporaryNames.get() + ".part");
    return new HdfsOutput(connection, locationOf(path), temporary, file, ifTaken);
  }

  @Override
  public InputStream open(RelativePath path) throws IOException {
    return new HdfsInput(connection, locationOf(path), fileOf(path));
  }

  @Override
  public OptionalLong length(RelativePath path) throws IOException {
    Path file = fileOf(path);
    try {
      FileStatus status =
          connection.call("looking at", locationOf(path), client -> client.getFileStatus(file));
      return status.isFile() ? OptionalLong.of(status.getLen()) : OptionalLong.empty();
    } catch (IOException e) {
      if (HdfsFailure.isAbsence(e)) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }

  @Override
  public List<StoredObject> list(RelativePath directory) throws IOException {
    return new HdfsListing(this).below(directory);
  }

  @Override
  public List<String> children(RelativePath directory) throws IOException {
    return new HdfsListing(this)
        .in(directory).stream()
            .map(entry -> entry.getPath().getName())
            .filter(RelativePath::isValid)
            .sorted()
            .toList();
  }

  @Override
  public void delete(Collection<RelativePath> objects) throws IOException {
    for (RelativePath object : objects) {
      try {
        remove(object, false);
      } catch (IOException e) {
        if (!HdfsFailure.isAbsence(e)
            && !(e.getCause() instanceof PathIsNotEmptyDirectoryException)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void deleteTree(RelativePath directory) throws IOException {
    try {
      remove(directory, true);
    } catch (IOException e) {
      if (!HdfsFailure.isAbsence(e)) {
        throw e;
      }
    }
  }

  private void remove(RelativePath path, boolean recursive) throws IOException {
    Path file = fileOf(path);
    connection.call("deleting", locationOf(path), client -> client.delete(file, recursive));
  }

  private Path fileOf(RelativePath path) {
    return pathOf(path.requireObject());
  }

  Path pathOf(RelativePath path) {
    return new Path(root.getPath() + path);
  }
}
