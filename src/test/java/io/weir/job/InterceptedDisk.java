package io.weir.job;

import io.weir.storage.ObjectStorage;
import io.weir.storage.StorageProvider;
import io.weir.storage.UnusableStorageException;
import io.weir.storage.file.FileStorageProvider;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Set;

/** Files on a disk, where something happens in front of every operation. */
abstract class InterceptedDisk implements StorageProvider {
  private final StorageProvider disk = new FileStorageProvider();

  /**
   * May wait, or refuse the operation.
   *
   * @param operation a method of {@link ObjectStorage}
   */
  abstract void before(String operation, URI root) throws IOException;

  @Override
  public Set<String> schemes() {
    return disk.schemes();
  }

  @Override
  public ObjectStorage open(URI root) throws UnusableStorageException {
    ObjectStorage storage = disk.open(root);
    return (ObjectStorage)
        Proxy.newProxyInstance(
            InterceptedDisk.class.getClassLoader(),
            new Class<?>[] {ObjectStorage.class},
            (proxy, method, arguments) -> {
              before(method.getName(), root);
              try {
                return method.invoke(storage, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
