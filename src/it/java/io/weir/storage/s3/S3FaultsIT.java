package io.weir.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.Configuration;
import io.weir.config.S3Options;
import io.weir.it.deployed.Eventually;
import io.weir.servers.FaultyRelay.Fault;
import io.weir.servers.HttpStore;
import io.weir.servers.S3Server;
import io.weir.storage.ObjectStorage;
import io.weir.storage.ObjectStorages;
import io.weir.storage.RelativePath;
import io.weir.storage.StoreFaultsContract;
import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The S3 driver and a store, or a network, that misbehaves. */
class S3FaultsIT extends StoreFaultsContract {
  @RegisterExtension static final S3Server SERVER = new S3Server();

  private static final Duration LIMIT = Duration.ofMinutes(3);

  @Override
  protected HttpStore server() {
    return SERVER;
  }

  @Override
  protected ObjectStorages storages(Configuration settings) {
    return ObjectStorages.of(new S3StorageProvider(settings));
  }

  @Override
  protected Configuration impatient(Configuration settings) {
    return settings
        .set(S3Options.REQUEST_TIMEOUT, Duration.ofSeconds(2))
        .set(S3Options.OPERATION_TIMEOUT, Duration.ofSeconds(3));
  }

  /** Whoever does not learn the id of an upload cannot end it. */
  @Override
  protected boolean isBeyondRepair(String head) {
    return head.startsWith("POST") && head.contains("?uploads");
  }

  @Test
  void whenTheAnswerToTheEndOfAnUploadIsLost_thenTheObjectIsThere() throws IOException {
    AtomicInteger ends = new AtomicInteger();
    relay.setFaults(
        (number, head) ->
            isEndOfUpload(head) && ends.getAndIncrement() == 0 ? Fault.CUT_ANSWER : Fault.NONE);

    write(storage);

    assertThat(ends).hasValueGreaterThan(1);
    assertThat(read()).isTrue();
  }

  @Test
  void whenAnotherHasWrittenTheObjectMeanwhile_thenARefusedEndOfAnUploadIsAFailure()
      throws IOException {
    try (ObjectStorages direct = storages(SERVER.configuration())) {
      ObjectStorage another = direct.at(storage.root().toString());
      relay.setFaults(
          (number, head) -> {
            if (isEndOfUpload(head)) {
              replace(another);
            }
            return Fault.NONE;
          });

      assertThatThrownBy(() -> write(storage))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(storage.locationOf(PATH));
    }
    assertThat(read()).isTrue();
  }

  private static void replace(ObjectStorage storage) {
    try {
      storage.deleteTree(PATH.parent());
      storage.putIfAbsent(PATH, CONTENT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEndOfUpload(String head) {
    return head.startsWith("POST") && head.contains("uploadId=");
  }

  @Test
  void whenTheStoreHangsAmidAnObject_thenReadingFailsInTime() throws Exception {
    write(storage);
    try (ObjectStorages own = storages(impatient(SERVER.configuration(relay.port())))) {
      ObjectStorage hanging = own.at(storage.root().toString());
      // a busy machine may need more than the impatient client's time
      InputStream in = Eventually.gives(LIMIT, () -> hanging.open(PATH));
      relay.setFaults((number, head) -> Fault.HANG);

      // two of three ranges had been asked for when the store began to hang
      assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aMissingBucketIsNamed() {
    assertThatThrownBy(
            () -> storages.at("s3://nowhere/x").putIfAbsent(RelativePath.of("a"), new byte[1]))
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining("The bucket of s3://nowhere/x/a does not exist")
        .hasMessageContaining("Create it");
  }

  @Test
  void wrongCredentialsAreSaidAndNotShown() throws IOException {
    Configuration wrong = SERVER.configuration().set(S3Options.SECRET_KEY, "not the right one");
    try (ObjectStorages own = storages(wrong)) {
      ObjectStorage refused = own.at(storage.root().toString());

      assertThatThrownBy(() -> refused.putIfAbsent(PATH, new byte[1]))
          .isInstanceOfAny(UnusableStorageException.class, AccessDeniedException.class)
          .hasMessageContaining("SignatureDoesNotMatch")
          .hasMessageNotContaining("not the right one")
          .hasStackTraceContaining("s3.secret-key")
          .satisfies(e -> assertThat(causes(e)).doesNotContain("not the right one"));
    }
  }

  private static String causes(Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      all.append(each).append('\n');
    }
    return all.toString();
  }
}
