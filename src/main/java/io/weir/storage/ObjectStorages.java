package io.weir.storage;

import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the storage for a location by the scheme of its URI. Safe for use by several threads. */
public final class ObjectStorages implements AutoCloseable {
  private final Map<String, StorageProvider> providers = new TreeMap<>();

  private ObjectStorages(List<StorageProvider> providers) {
    for (StorageProvider provider : providers) {
      for (String scheme : provider.schemes()) {
        if (this.providers.putIfAbsent(scheme, provider) != null) {
          throw new IllegalArgumentException("two providers serve the scheme " + scheme);
        }
      }
    }
  }

  /** Those that these providers serve. */
  public static ObjectStorages of(StorageProvider... providers) {
    return new ObjectStorages(List.of(providers));
  }

  /**
   * The storage whose root is a directory; does no I/O.
   *
   * @param directory a URI, or the plain path of a local directory
   * @throws UnusableStorageException if the text is no location, or no provider serves its scheme
   */
  public ObjectStorage at(String directory) throws UnusableStorageException {
    URI root = StorageLocation.directory(directory);
    StorageProvider provider = providers.get(root.getScheme());
    if (provider == null) {
      throw new UnusableStorageException(
          "There is no storage for the scheme '"
              + root.getScheme()
              + "' of "
              + root
              + ". This installation knows "
              + String.join(", ", providers.keySet())
              + ": use one of these.");
    }
    return provider.open(root);
  }

  /** Closes all providers, also if one of them fails. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (StorageProvider provider : new HashSet<>(providers.values())) {
      try {
        provider.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
