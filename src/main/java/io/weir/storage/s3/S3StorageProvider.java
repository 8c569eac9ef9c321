package io.weir.storage.s3;

import io.weir.config.Configuration;
import io.weir.storage.BucketDirectory;
import io.weir.storage.ObjectStorage;
import io.weir.storage.StorageProvider;
import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Opens {@code s3:} URIs, also under the names that Flink gives to its three drivers. All storages
 * share one client.
 */
public final class S3StorageProvider implements StorageProvider {
  private final S3Connection connection;
  private final Supplier<UUID> names;

  /**
   * Does no I/O.
   *
   * @param configuration has {@link io.weir.config.S3Options}
   * @throws io.weir.config.IllegalConfigurationException if they contradict each other
   */
  public S3StorageProvider(Configuration configuration) {
    this(configuration, UUID::randomUUID);
  }

  /**
   * With these names of writers.
   *
   * @param names never the same twice, not in other processes either; safe for use by several
   *     threads
   */
  public S3StorageProvider(Configuration configuration, Supplier<UUID> names) {
    this.connection = new S3Connection(S3Settings.of(configuration));
    this.names = names;
  }

  @Override
  public Set<String> schemes() {
    return Set.of("s3", "s3a", "s3p");
  }

  @Override
  public ObjectStorage open(URI root) throws UnusableStorageException {
    return new S3Storage(connection, BucketDirectory.of(root), names);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
