package io.weir.storage;

import java.io.IOException;
import java.net.URI;
import java.util.Set;

/** Opens storages of one kind. Safe for use by several threads. */
public interface StorageProvider extends AutoCloseable {

  /** The URI schemes that it serves, in lower case. */
  Set<String> schemes();

  /**
   * A storage with this root; does no I/O, so the root need not exist.
   *
   * @param root absolute, of one of the schemes, normalized, with a {@code /} at its end
   * @throws UnusableStorageException if this cannot be a root
   */
  ObjectStorage open(URI root) throws UnusableStorageException;

  /** Lets go of connections and threads; storages that were opened cannot be used any more. */
  @Override
  default void close() throws IOException {}
}
