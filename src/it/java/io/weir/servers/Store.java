package io.weir.servers;

import io.weir.config.Configuration;
import java.io.IOException;

/** A store of some kind, in processes of its own on this machine. */
public interface Store extends AutoCloseable {

  /** The settings by which it is reached. */
  Configuration configuration();

  /** The URI of a directory that nobody else uses, and that does not exist yet. */
  String newDirectory() throws IOException;

  /** Kills its processes. */
  void stop() throws IOException;

  /** Starts what was killed again, with all its data. */
  void startAgain() throws IOException;

  /** Kills its processes for good. */
  @Override
  void close() throws IOException;

  /**
   * Starts one, without a test.
   *
   * @param scheme of the URIs of its directories
   */
  static Store started(String scheme) {
    return switch (scheme) {
      case "s3" -> S3Server.started();
      case "hdfs" -> HdfsServer.started();
      case "gs" -> GsServer.started();
      default -> throw new IllegalArgumentException("no server for " + scheme + ": s3, hdfs or gs");
    };
  }
}
