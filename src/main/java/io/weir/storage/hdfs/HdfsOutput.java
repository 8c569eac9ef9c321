package io.weir.storage.hdfs;

import io.weir.storage.StorageOutput;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * Writes a file under a temporary name; its blocks are on the disks of the data nodes when it is
 * closed. Then it gets its own name.
 */
final class HdfsOutput extends StorageOutput {
  private final HdfsConnection connection;
  private final String location;
  private final Path temporary;
  private final Path file;
  private final Options.Rename ifTaken;
  private final FSDataOutputStream out;
  private boolean renaming;

  /**
   * Begins the temporary file.
   *
   * @param ifTaken whether the commit replaces what has the name, or fails
   */
  HdfsOutput(
      HdfsConnection connection, String location, Path temporary, Path file, Options.Rename ifTaken)
      throws IOException {
    this.connection = connection;
    this.location = location;
    this.temporary = temporary;
    this.file = file;
    this.ifTaken = ifTaken;
    this.out =
        connection.call(
            "writing",
            location,
            client -> client.createFile(temporary).create().recursive().syncBlock().build());
  }

  @Override
  protected void append(byte[] bytes, int offset, int length) throws IOException {
    connection.call(
        "writing",
        location,
        client -> {
          out.write(bytes, offset, length);
          return null;
        });
  }

  @Override
  protected void complete() throws IOException {
    end();
    renaming = true;
    connection.call(
        "writing",
        location,
        client -> {
          client.rename(temporary, file, ifTaken);
          return null;
        });
  }

  private void end() throws IOException {
    connection.call(
        "writing",
        location,
        client -> {
          out.close();
          return null;
        });
  }

  @Override
  protected void abort() throws IOException {
    try {
      end();
    } catch (IOException e) {
      // it was broken, or removed, before; what there is of it goes now
    }
    boolean renamed = !remove(temporary) && renaming;
    // with a rename that was refused, what has the name is somebody else's
    if (renamed && ifTaken == Options.Rename.OVERWRITE) {
      remove(file);
    }
  }

  /** Removes a file; gives whether there was one. */
  private boolean remove(Path path) throws IOException {
    return connection.call("deleting", location, client -> client.delete(path, false));
  }
}
