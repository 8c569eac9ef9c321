package io.weir.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.Configuration;
import io.weir.config.S3Options;
import io.weir.it.deployed.Eventually;
import io.weir.servers.FaultyRelay;
import io.weir.servers.FaultyRelay.Fault;
import io.weir.servers.S3Server;
import io.weir.storage.ObjectStorage;
import io.weir.storage.ObjectStorages;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The S3 driver and a store, or a network, that misbehaves. */
@Timeout(300)
class S3FaultsIT {
  @RegisterExtension static final S3Server SERVER = new S3Server();

  private static final RelativePath PATH = RelativePath.of("job/chk-1/a");
  private static final byte[] CONTENT = new byte[20 << 20];
  private static final Duration LATENCY = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofMinutes(3);

  static {
    new Random(1).nextBytes(CONTENT);
  }

  private FaultyRelay relay;
  private ObjectStorages storages;
  private ObjectStorage storage;

  @BeforeEach
  void connect() throws IOException {
    relay = FaultyRelay.to(SERVER.port(), LATENCY);
    storages = ObjectStorages.of(new S3StorageProvider(SERVER.configuration(relay.port())));
    storage = storages.at("s3://" + SERVER.newBucket() + "/checkpoints");
  }

  @AfterEach
  void disconnect() throws IOException {
    storages.close();
    relay.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"THROTTLE", "CUT_REQUEST", "CUT_ANSWER", "CUT_LONG_ANSWER"})
  void whenOneRequestInFiveFails_thenNothingIsNoticed(Fault fault) throws IOException {
    FaultyRelay.Faults faults = FaultyRelay.oneInFive(fault);
    relay.setFaults(
        (number, head) ->
            // whoever does not learn the id of an upload cannot end it
            fault == Fault.CUT_ANSWER && isBeginOfUpload(head)
                ? Fault.NONE
                : faults.of(number, head));

    write(CONTENT);

    assertThat(read()).isTrue();
    assertThat(storage.list(RelativePath.ROOT)).hasSize(1);
    storage.deleteTree(RelativePath.of("job"));
    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
  }

  @Test
  void whenTheStoreIsSlow_thenItIsOnlySlow() throws IOException {
    relay.setFaults((number, head) -> Fault.DELAY);

    write(CONTENT);

    assertThat(read()).isTrue();
    assertThat(storage.putIfAbsent(PATH, new byte[1])).isFalse();
  }

  @Test
  void whenTheAnswerToAPutIsLost_thenItStillIsKnownWhoWon() throws IOException {
    relay.setFaults((number, head) -> number == 0 ? Fault.CUT_ANSWER : Fault.NONE);

    assertThat(storage.putIfAbsent(PATH, new byte[] {1})).isTrue();
    assertThat(relay.requests()).isGreaterThan(1);
    assertThat(storage.putIfAbsent(PATH, new byte[] {1})).isFalse();
  }

  @Test
  void whenTheAnswerToTheEndOfAnUploadIsLost_thenTheObjectIsThere() throws IOException {
    AtomicInteger ends = new AtomicInteger();
    relay.setFaults(
        (number, head) ->
            isEndOfUpload(head) && ends.getAndIncrement() == 0 ? Fault.CUT_ANSWER : Fault.NONE);

    write(CONTENT);

    assertThat(ends).hasValueGreaterThan(1);
    assertThat(read()).isTrue();
  }

  @Test
  void whenAnotherHasWrittenTheObjectMeanwhile_thenARefusedEndOfAnUploadIsAFailure()
      throws IOException {
    try (ObjectStorages direct = ObjectStorages.of(new S3StorageProvider(SERVER.configuration()))) {
      ObjectStorage another = direct.at(storage.root().toString());
      relay.setFaults(
          (number, head) -> {
            if (isEndOfUpload(head)) {
              replace(another);
            }
            return Fault.NONE;
          });

      assertThatThrownBy(() -> write(CONTENT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(storage.locationOf(PATH));
    }
  }

  private static void replace(ObjectStorage storage) {
    try {
      storage.deleteTree(PATH.parent());
      storage.putIfAbsent(PATH, CONTENT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isBeginOfUpload(String head) {
    return head.startsWith("POST") && head.contains("?uploads");
  }

  private static boolean isEndOfUpload(String head) {
    return head.startsWith("POST") && head.contains("uploadId=");
  }

  @Test
  void whenTheStoreHangs_thenEveryOperationFailsInTime() throws Exception {
    write(CONTENT);
    Configuration impatient =
        SERVER
            .configuration(relay.port())
            .set(S3Options.REQUEST_TIMEOUT, Duration.ofSeconds(2))
            .set(S3Options.OPERATION_TIMEOUT, Duration.ofSeconds(3));
    try (ObjectStorages own = ObjectStorages.of(new S3StorageProvider(impatient))) {
      ObjectStorage hanging = own.at(storage.root().toString());
      // a busy machine may need more than the impatient client's time
      InputStream in = Eventually.gives(LIMIT, () -> hanging.open(PATH));
      relay.setFaults((number, head) -> Fault.HANG);

      assertThatThrownBy(() -> write(hanging, CONTENT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(storage.locationOf(PATH))
          .hasMessageContaining("did not answer in time");
      assertThatThrownBy(() -> hanging.list(RelativePath.ROOT)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> hanging.open(PATH)).isInstanceOf(IOException.class);
      // two of three ranges had been asked for when the store began to hang
      assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
    }
    relay.setFaults((number, head) -> Fault.NONE);
    assertThat(read()).isTrue();
  }

  @Test
  void whenAWriteFailsAltogether_thenNothingIsLeftOnceTheStoreIsBack() throws IOException {
    relay.setFaults((number, head) -> head.contains("partNumber=2") ? Fault.THROTTLE : Fault.NONE);

    try (StorageOutput out = storage.create(PATH)) {
      assertThatThrownBy(
              () -> {
                out.write(CONTENT);
                out.commit();
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("503");
    }

    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
  }

  @Test
  void whenTheServerIsGone_thenOperationsFailUntilItIsBack() throws IOException {
    write(CONTENT);
    SERVER.stop();
    try {
      assertThatThrownBy(() -> write(CONTENT)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> storage.length(PATH)).isInstanceOf(IOException.class);
    } finally {
      SERVER.startAgain();
    }

    assertThat(read()).isTrue();
    storage.delete(List.of(PATH));
    assertThat(storage.length(PATH)).isEmpty();
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
    try (ObjectStorages own = ObjectStorages.of(new S3StorageProvider(wrong))) {
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

  private void write(byte[] content) throws IOException {
    write(storage, content);
  }

  private static void write(ObjectStorage to, byte[] content) throws IOException {
    try (StorageOutput out = to.create(PATH)) {
      out.write(content);
      out.commit();
    }
  }

  private boolean read() throws IOException {
    try (InputStream in = storage.open(PATH)) {
      return Arrays.equals(in.readAllBytes(), CONTENT);
    }
  }
}
