package io.weir.storage.throughput;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** The Hadoop client, whose blocks are forced to the disks of the data nodes as they are closed. */
final class HdfsLibrary extends Contestant {
  private final DistributedFileSystem client = new DistributedFileSystem();
  private final Path file;

  HdfsLibrary(String directory) throws IOException {
    client.initialize(URI.create(directory), new Configuration());
    file = new Path(directory + "/library");
  }

  @Override
  void write(byte[] chunk, int times) throws IOException {
    try (FSDataOutputStream out =
        client.createFile(file).create().recursive().syncBlock().build()) {
      repeat(out, chunk, times);
    }
  }

  @Override
  InputStream open() throws IOException {
    return client.open(file);
  }

  @Override
  void remove() throws IOException {
    client.delete(file, false);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
