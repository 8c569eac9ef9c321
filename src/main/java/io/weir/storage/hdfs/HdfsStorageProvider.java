package io.weir.storage.hdfs;

import io.weir.config.Configuration;
import io.weir.storage.ClientLibrary;
import io.weir.storage.ObjectStorage;
import io.weir.storage.StorageProvider;
import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Opens {@code hdfs:} URIs, if the Hadoop client is there. Storages share a client by cluster. */
public final class HdfsStorageProvider implements StorageProvider {
  static final ClientLibrary LIBRARY =
      new ClientLibrary(
          "hdfs",
          List.of(
              "org.slf4j.LoggerFactory",
              "org.apache.hadoop.hdfs.DistributedFileSystem",
              "org.apache.hadoop.thirdparty.protobuf.Message"),
          List.of(
              "org.apache.hadoop:hadoop-client-api:3.5.0",
              "org.apache.hadoop:hadoop-client-runtime:3.5.0"));

  private final HdfsSettings settings;
  private final Supplier<UUID> temporaryNames;
  private final Map<URI, HdfsConnection> connections = new ConcurrentHashMap<>();

  /**
   * Does no I/O.
   *
   * @param configuration has {@link io.weir.config.HdfsOptions}
   * @throws io.weir.config.IllegalConfigurationException if they contradict each other
   */
  public HdfsStorageProvider(Configuration configuration) {
    this(configuration, UUID::randomUUID);
  }

  /**
   * With these temporary names.
   *
   * @param temporaryNames never the same twice, not in other processes either; safe for use by
   *     several threads
   */
  public HdfsStorageProvider(Configuration configuration, Supplier<UUID> temporaryNames) {
    this.settings = HdfsSettings.of(configuration, System.getenv());
    this.temporaryNames = temporaryNames;
  }

  @Override
  public Set<String> schemes() {
    return Set.of("hdfs");
  }

  @Override
  public ObjectStorage open(URI root) throws UnusableStorageException {
    LIBRARY.require();
    String authority = root.getRawAuthority();
    if (authority != null && !authority.matches("[A-Za-z0-9._:\\[\\]-]+")) {
      // it is not repeated: somebody may have put credentials in it
      throw new UnusableStorageException(
          "A storage location that begins with hdfs:// names no cluster. Write"
              + " hdfs://name-node:8020/directory, hdfs://nameservice/directory, or"
              + " hdfs:///directory for the cluster of core-site.xml.");
    }
    URI cluster = URI.create("hdfs://" + (authority == null ? "/" : authority));
    return new HdfsStorage(
        connections.computeIfAbsent(cluster, each -> new HdfsConnection(settings, each)),
        root,
        temporaryNames);
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (HdfsConnection each : connections.values()) {
      try {
        each.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
