package io.weir.job;

import io.weir.storage.ObjectStorage;
import io.weir.storage.StorageProvider;
import io.weir.storage.UnusableStorageException;
import io.weir.storage.file.FileStorageProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Files on a disk on which nothing new can be written as long as something is so. */
record HeldUpStorage(StorageProvider disk, BooleanSupplier isHeld) implements StorageProvider {
  static HeldUpStorage whileHeld(BooleanSupplier isHeld) {
    return new HeldUpStorage(new FileStorageProvider(), isHeld);
  }

  @Override
  public Set<String> schemes() {
    return disk.schemes();
  }

  @Override
  public ObjectStorage open(URI root) throws UnusableStorageException {
    ObjectStorage storage = disk.open(root);
    return (ObjectStorage)
        Proxy.newProxyInstance(
            HeldUpStorage.class.getClassLoader(),
            new Class<?>[] {ObjectStorage.class},
            (proxy, method, arguments) -> {
              while (method.getName().equals("create")
                  && isHeld.getAsBoolean()
                  && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
              }
              try {
                return method.invoke(storage, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
