package io.weir.server;

import io.weir.storage.ObjectStorage;
import io.weir.storage.StorageProvider;
import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

/** Puts the {@link StorageGuard} around whatever a provider opens. */
final class GuardedStorageProvider implements StorageProvider {
  private final StorageProvider provider;
  private final StorageGuard guard;

  GuardedStorageProvider(StorageProvider provider, StorageGuard guard) {
    this.provider = provider;
    this.guard = guard;
  }

  @Override
  public Set<String> schemes() {
    return provider.schemes();
  }

  @Override
  public ObjectStorage open(URI root) throws UnusableStorageException {
    return new GuardedStorage(provider.open(root), guard);
  }

  @Override
  public void close() throws IOException {
    provider.close();
  }
}
