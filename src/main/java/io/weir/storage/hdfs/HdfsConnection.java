package io.weir.storage.hdfs;

import io.weir.config.HdfsOptions;
import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * One cluster. The client comes into being with the first request. Safe for use by several threads.
 */
final class HdfsConnection {
  private static final List<String> SITE_FILES = List.of("core-site.xml", "hdfs-site.xml");
  private static final int CONNECT_ATTEMPTS = 3;

  private final HdfsSettings settings;
  private final URI cluster;
  private final Lock lock = new ReentrantLock();

  /** Guarded by the lock. */
  private DistributedFileSystem client;

  private boolean closed;

  /** What is asked of the cluster. */
  @FunctionalInterface
  interface Request<T> {
    T of(DistributedFileSystem client) throws IOException;
  }

  /**
   * Connects to nothing yet.
   *
   * @param cluster its name node or nameservice; without one the cluster of Hadoop's configuration
   */
  HdfsConnection(HdfsSettings settings, URI cluster) {
    this.settings = settings;
    this.cluster = cluster;
  }

  /**
   * Sends requests and waits for their answers; Hadoop limits how long that takes.
   *
   * @param action like {@code reading}
   * @param location of the file or directory that it is about
   */
  <T> T call(String action, String location, Request<T> request) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    // threads that come into being meanwhile may outlive an application, whose classes they must
    // not keep
    thread.setContextClassLoader(FileSystem.class.getClassLoader());
    try {
      return request.of(client());
    } catch (IOException | IllegalArgumentException e) {
      throw HdfsFailure.of(action, location, e);
    } finally {
      thread.setContextClassLoader(own);
    }
  }

  private DistributedFileSystem client() throws IOException {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while connecting to " + cluster);
    }
    try {
      if (closed) {
        throw new IOException("The connection to " + cluster + " has been closed.");
      }
      if (client == null) {
        client = connect();
      }
      return client;
    } finally {
      lock.unlock();
    }
  }

  private DistributedFileSystem connect() throws IOException {
    Configuration configuration = configuration();
    URI address = cluster.getAuthority() == null ? defaultCluster(configuration) : cluster;
    UserGroupInformation.setConfiguration(configuration);
    if (settings.login().isPresent()) {
      HdfsSettings.Login login = settings.login().get();
      UserGroupInformation.loginUserFromKeytab(login.principal(), login.keytab());
    }
    // not by way of Hadoop's cache: that closes its clients when the process is told to stop, and a
    // last checkpoint is still to be written then
    DistributedFileSystem connected = new DistributedFileSystem();
    try {
      UserGroupInformation.getBestUGI(null, settings.user().orElse(null))
          .doAs(
              (PrivilegedExceptionAction<Void>)
                  () -> {
                    connected.initialize(address, configuration);
                    return null;
                  });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while connecting to " + cluster);
    }
    return connected;
  }

  private Configuration configuration() throws IOException {
    Configuration configuration = new Configuration();
    configuration.setClassLoader(FileSystem.class.getClassLoader());
    if (settings.configurationDirectory().isPresent()) {
      addSite(configuration, settings.configurationDirectory().get());
    }
    limitTimes(configuration);
    return configuration;
  }

  private static void addSite(Configuration configuration, Path directory) throws IOException {
    List<Path> files =
        SITE_FILES.stream().map(directory::resolve).filter(Files::isReadable).toList();
    if (files.isEmpty()) {
      throw new UnusableStorageException(
          directory
              + " has neither core-site.xml nor hdfs-site.xml. Correct "
              + HdfsOptions.CONFIGURATION_DIRECTORY
              + " or HADOOP_CONF_DIR.");
    }
    files.forEach(file -> configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri())));
  }

  private void limitTimes(Configuration configuration) {
    int timeoutMillis = (int) Math.min(settings.requestTimeout().toMillis(), Integer.MAX_VALUE);
    configuration.setInt("ipc.client.connect.timeout", timeoutMillis);
    configuration.setInt("ipc.client.connect.max.retries.on.timeouts", 0);
    configuration.setInt("ipc.client.connect.max.retries", CONNECT_ATTEMPTS - 1);
    configuration.setInt("ipc.client.rpc-timeout.ms", timeoutMillis);
    configuration.setInt("dfs.client.socket-timeout", timeoutMillis);
    configuration.setInt("dfs.datanode.socket.write.timeout", timeoutMillis);
    // between attempts to read: by default a read of a lost block would fail after half a minute
    // only
    configuration.setInt("dfs.client.retry.window.base", 500);
    // the end of a file is asked for again after 5, 10, 20 ... ms, for 10 s; by default the first
    // pause is 400 ms
    configuration.setInt("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", 5);
    configuration.setInt("dfs.client.block.write.locateFollowingBlock.retries", 11);
    // a connection kept for later would keep the limit of whoever made it, and needs a thread that
    // never ends
    configuration.setInt("dfs.client.socketcache.capacity", 0);
    // otherwise the client remembers for good each file whose writing has failed
    configuration.setBoolean("dfs.client.write.recover.lease.on.close.exception", true);
  }

  private static URI defaultCluster(Configuration configuration) throws UnusableStorageException {
    URI cluster = FileSystem.getDefaultUri(configuration);
    if (!"hdfs".equals(cluster.getScheme()) || cluster.getAuthority() == null) {
      throw new UnusableStorageException(
          "hdfs:/// names no cluster, and Hadoop's configuration (fs.defaultFS in core-site.xml) none"
              + " either. Write hdfs://name-node:8020/directory, or set "
              + HdfsOptions.CONFIGURATION_DIRECTORY
              + ".");
    }
    return cluster;
  }

  /** Ends the client and its threads; later requests fail. */
  void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      if (client != null) {
        client.close();
        client = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
