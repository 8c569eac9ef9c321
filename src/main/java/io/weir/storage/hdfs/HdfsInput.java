package io.weir.storage.hdfs;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Reads a file from the data nodes, another replica if one fails. */
final class HdfsInput extends InputStream {
  private final HdfsConnection connection;
  private final String location;
  private final FSDataInputStream in;

  HdfsInput(HdfsConnection connection, String location, Path file) throws IOException {
    this.connection = connection;
    this.location = location;
    this.in = connection.call("reading", location, client -> client.open(file));
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    return connection.call("reading", location, client -> in.read(bytes, offset, count));
  }

  @Override
  public long skip(long count) throws IOException {
    return connection.call("reading", location, client -> in.skip(count));
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
