package io.weir.storage.file;

import io.weir.storage.ObjectStorage;
import io.weir.storage.StorageProvider;
import io.weir.storage.UnusableStorageException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Opens {@code file:} URIs. */
public final class FileStorageProvider implements StorageProvider {
  private final Supplier<UUID> temporaryNames;

  /** With random temporary names. */
  public FileStorageProvider() {
    this(UUID::randomUUID);
  }

  /**
   * With these temporary names.
   *
   * @param temporaryNames never the same twice, not in other processes either; safe for use by
   *     several threads
   */
  public FileStorageProvider(Supplier<UUID> temporaryNames) {
    this.temporaryNames = temporaryNames;
  }

  @Override
  public Set<String> schemes() {
    return Set.of("file");
  }

  @Override
  public ObjectStorage open(URI root) throws UnusableStorageException {
    if (root.getRawAuthority() != null) {
      throw new UnusableStorageException(
          "The storage location "
              + root
              + " names a host, '"
              + root.getRawAuthority()
              + "', but files are read on this one only."
              + " Write three slashes, file:///"
              + root.getRawAuthority()
              + root.getRawPath()
              + ", if that is the path.");
    }
    try {
      return new FileStorage(root, Path.of(root), temporaryNames);
    } catch (IllegalArgumentException e) {
      throw new UnusableStorageException(
          "The storage location "
              + root
              + " is not a path on this machine: "
              + e.getMessage()
              + ".",
          e);
    }
  }
}
