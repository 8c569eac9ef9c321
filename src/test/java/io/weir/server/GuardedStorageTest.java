package io.weir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.storage.ObjectStorage;
import io.weir.storage.ObjectStorageContract;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import io.weir.storage.file.FileStorageProvider;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behind the guard a storage is what it was, and every refusal of the guard is an I/O failure. */
class GuardedStorageTest extends ObjectStorageContract {
  @TempDir private Path temporary;

  private static final RelativePath PATH = RelativePath.of("chk-1/a");

  /** A guard as the container would make it that refuses everything. */
  private static final class Refusing extends StorageGuard {
    private final FaultToleranceException refusal;

    Refusing(FaultToleranceException refusal) {
      this.refusal = refusal;
    }

    @Override
    public <T> T repeat(Request<T> request) {
      throw refusal;
    }

    @Override
    public <T> T once(Request<T> request) {
      throw refusal;
    }
  }

  @Override
  protected ObjectStorage freshStorage() throws IOException {
    return guardedBy(new StorageGuard());
  }

  private ObjectStorage guardedBy(StorageGuard guard) throws IOException {
    return new GuardedStorageProvider(new FileStorageProvider(), guard)
        .open(temporary.resolve("root/").toUri());
  }

  @Test
  void whatFailsInAnInterruptedThreadIsAnInterruption() throws IOException {
    StorageGuard guard = new StorageGuard();
    IOException failure = new IOException("broken");
    StorageGuard.Request<Object> request =
        () -> {
          throw failure;
        };

    assertThatThrownBy(() -> guard.once(request)).isSameAs(failure);
    assertThatThrownBy(() -> guard.repeat(request)).isSameAs(failure);

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> guard.once(request))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessageContaining("broken");
    assertThatThrownBy(() -> guard.repeat(request)).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).as("still").isTrue();
  }

  @Test
  void whatTheGuardRefusesHasFailedWithAReason() throws IOException {
    assertRefused(new CircuitBreakerOpenException(), "left alone for a few seconds");
    assertRefused(new BulkheadException(), "too many requests");
    assertRefused(new TimeoutException(), "took too long");
  }

  @Test
  void whatIsNotTriedSaysWhatHasFailed() throws IOException {
    StorageGuard guard =
        new StorageGuard() {
          @Override
          public <T> T once(Request<T> request) {
            throw new CircuitBreakerOpenException();
          }
        };
    ObjectStorage storage = guardedBy(guard);
    assertThatThrownBy(
            () ->
                guard.repeat(
                    () -> {
                      throw new IOException("the store is away");
                    }))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> storage.open(PATH)).isInstanceOf(NoSuchFileException.class);

    assertThatThrownBy(() -> storage.putIfAbsent(PATH, new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("The last one: the store is away");
  }

  @Test
  void itIsLocalIfWhatItGuardsIs() throws IOException {
    assertThat(freshStorage().isLocal()).isTrue();
  }

  private void assertRefused(FaultToleranceException refusal, String reason) throws IOException {
    ObjectStorage storage = guardedBy(new Refusing(refusal));

    assertThatThrownBy(() -> storage.open(PATH))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("reading " + storage.locationOf(PATH))
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> storage.putIfAbsent(PATH, new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> storage.delete(List.of(PATH))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> storage.create(PATH)).isInstanceOf(IOException.class);
  }

  @Test
  void whenTheCommitIsRefused_thenTheObjectIsGivenUp() throws IOException {
    StorageGuard refusesCommits =
        new StorageGuard() {
          @Override
          public <T> T once(Request<T> request) {
            throw new CircuitBreakerOpenException();
          }
        };
    ObjectStorage storage = guardedBy(refusesCommits);

    try (StorageOutput out = storage.create(PATH)) {
      out.write(1);
      assertThatThrownBy(out::commit).isInstanceOf(IOException.class);
    }

    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
  }

  @Test
  void anAnswerStaysAnAnswer() throws IOException {
    ObjectStorage storage = freshStorage();

    assertThatThrownBy(() -> storage.open(PATH)).isInstanceOf(NoSuchFileException.class);
  }
}
