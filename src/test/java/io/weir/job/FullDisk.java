package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.storage.ObjectStorage;
import io.weir.storage.StorageProvider;
import io.weir.storage.UnusableStorageException;
import io.weir.storage.file.FileStorageProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Files on a disk on which there may be no room for a while. */
final class FullDisk implements StorageProvider {
  private static final Set<String> WRITING = Set.of("create", "putIfAbsent");
  private static final long PATIENCE_SECONDS = 40;

  private final StorageProvider disk = new FileStorageProvider();
  private final Semaphore refusals = new Semaphore(0);
  private volatile boolean full;

  void fill() {
    full = true;
  }

  void makeRoom() {
    full = false;
  }

  /** Waits until so many more files could not be written. */
  void awaitRefusals(int count) throws InterruptedException {
    assertThat(refusals.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS))
        .as("%d refusals", count)
        .isTrue();
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
            FullDisk.class.getClassLoader(),
            new Class<?>[] {ObjectStorage.class},
            (proxy, method, arguments) -> {
              if (full && WRITING.contains(method.getName())) {
                refusals.release();
                throw new FileSystemException(root.toString(), null, "No space left on device");
              }
              try {
                return method.invoke(storage, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
