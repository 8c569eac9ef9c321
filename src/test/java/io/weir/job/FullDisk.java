package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.FileSystemException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Files on a disk on which there may be no room for a while. */
final class FullDisk extends InterceptedDisk {
  private static final Set<String> WRITING = Set.of("create", "putIfAbsent");

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
    assertThat(refusals.tryAcquire(count, TestServer.PATIENCE_SECONDS, TimeUnit.SECONDS))
        .as("%d refusals", count)
        .isTrue();
  }

  @Override
  void before(String operation, URI root) throws FileSystemException {
    if (full && WRITING.contains(operation)) {
      refusals.release();
      throw new FileSystemException(root.toString(), null, "No space left on device");
    }
  }
}
