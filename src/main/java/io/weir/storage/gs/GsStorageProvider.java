package io.weir.storage.gs;

import io.weir.config.Configuration;
import io.weir.storage.BucketDirectory;
import io.weir.storage.ClientLibrary;
import io.weir.storage.ObjectStorage;
import io.weir.storage.StorageProvider;
import io.weir.storage.UnusableStorageException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Opens {@code gs:} URIs, if Google's client is there. All storages share one. */
public final class GsStorageProvider implements StorageProvider {
  private static final ClientLibrary LIBRARY =
      new ClientLibrary(
          "gs",
          List.of(
              "com.google.api.services.storage.Storage",
              "com.google.auth.oauth2.GoogleCredentials"),
          List.of(
              "com.google.apis:google-api-services-storage:v1-rev20260524-2.0.0",
              "com.google.auth:google-auth-library-oauth2-http:1.54.0"));

  private final GsSettings settings;

  /** Null until a storage is opened: without the library it cannot even be loaded. */
  private final AtomicReference<GsConnection> connection = new AtomicReference<>();

  /**
   * Does no I/O.
   *
   * @param configuration has {@link io.weir.config.GsOptions}
   * @throws io.weir.config.IllegalConfigurationException if they contradict each other
   */
  public GsStorageProvider(Configuration configuration) {
    this.settings = GsSettings.of(configuration);
  }

  @Override
  public Set<String> schemes() {
    return Set.of("gs");
  }

  @Override
  public ObjectStorage open(URI root) throws UnusableStorageException {
    LIBRARY.require();
    BucketDirectory directory = BucketDirectory.of(root);
    connection.compareAndSet(null, new GsConnection(settings));
    return new GsStorage(connection.get(), directory);
  }

  @Override
  public void close() {
    if (connection.get() != null) {
      connection.get().close();
    }
  }
}
