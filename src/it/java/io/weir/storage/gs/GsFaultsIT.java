package io.weir.storage.gs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.Configuration;
import io.weir.config.GsOptions;
import io.weir.config.MemorySize;
import io.weir.servers.FaultyRelay;
import io.weir.servers.FaultyRelay.Fault;
import io.weir.servers.GsServer;
import io.weir.storage.ObjectStorage;
import io.weir.storage.ObjectStorages;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The driver for Google Cloud Storage and a store, or a network, that misbehaves. */
@Timeout(300)
class GsFaultsIT {
  @RegisterExtension static final GsServer SERVER = new GsServer();

  private static final RelativePath PATH = RelativePath.of("job/chk-1/a");
  private static final byte[] CONTENT = new byte[20 << 20];
  private static final Duration LATENCY = Duration.ofMillis(200);

  static {
    new Random(1).nextBytes(CONTENT);
  }

  private FaultyRelay relay;
  private ObjectStorages storages;
  private ObjectStorage storage;

  @BeforeEach
  void connect() throws IOException {
    relay = FaultyRelay.to(SERVER.port(), LATENCY);
    storages = storages(SERVER.configuration(relay.port()));
    storage = storages.at("gs://" + SERVER.newBucket() + "/checkpoints");
  }

  private static ObjectStorages storages(Configuration configuration) {
    return ObjectStorages.of(
        new GsStorageProvider(configuration.set(GsOptions.CHUNK_SIZE, MemorySize.ofMebiBytes(2))));
  }

  @AfterEach
  void disconnect() throws IOException {
    storages.close();
    relay.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"THROTTLE", "CUT_REQUEST", "CUT_ANSWER", "CUT_LONG_ANSWER"})
  void whenOneRequestInFiveFails_thenNothingIsNoticed(Fault fault) throws IOException {
    relay.setFaults(FaultyRelay.oneInFive(fault));

    write(storage);

    assertThat(read()).isTrue();
    assertThat(storage.list(RelativePath.ROOT)).hasSize(1);
    storage.deleteTree(RelativePath.of("job"));
    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
  }

  @Test
  void whenTheStoreIsSlow_thenItIsOnlySlow() throws IOException {
    relay.setFaults((number, head) -> Fault.DELAY);

    write(storage);

    assertThat(read()).isTrue();
    assertThat(storage.putIfAbsent(PATH, new byte[1])).isFalse();
  }

  @Test
  void whenTheAnswerToAPutIsLost_thenItStillIsKnownWhoWon() throws IOException {
    relay.setFaults((number, head) -> number == 1 ? Fault.CUT_ANSWER : Fault.NONE);

    assertThat(storage.putIfAbsent(PATH, new byte[] {1})).isTrue();
    assertThat(relay.requests()).isGreaterThan(2);
    assertThat(storage.putIfAbsent(PATH, new byte[] {1})).isFalse();
  }

  @Test
  void whenTheStreamOfAnObjectBreaksAgainAndAgain_thenItIsReadOn() throws IOException {
    write(storage);
    relay.setFaults((number, head) -> number < 9 ? Fault.CUT_LONG_ANSWER : Fault.NONE);

    assertThat(read()).isTrue();
    assertThat(relay.requests()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void whenTheServerHangs_thenEveryOperationFailsInTime() throws IOException {
    write(storage);
    Configuration impatient =
        SERVER
            .configuration()
            .set(GsOptions.REQUEST_TIMEOUT, Duration.ofSeconds(1))
            .set(GsOptions.OPERATION_TIMEOUT, Duration.ofSeconds(1));
    try (ObjectStorages own = storages(impatient)) {
      ObjectStorage hanging = own.at(storage.root().toString());
      SERVER.process().freeze();
      try {
        assertThatThrownBy(() -> write(hanging))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(storage.locationOf(PATH))
            .hasMessageContaining("did not answer in time");
        assertThatThrownBy(() -> hanging.list(RelativePath.ROOT)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> hanging.open(PATH)).isInstanceOf(IOException.class);
      } finally {
        SERVER.process().thaw();
      }
    }

    assertThat(read()).isTrue();
  }

  @Test
  void whenTheServerHangsAmidAnObject_thenWritingAndReadingFailInTime() throws IOException {
    write(storage);
    Configuration impatient =
        SERVER
            .configuration(relay.port())
            .set(GsOptions.REQUEST_TIMEOUT, Duration.ofSeconds(1))
            .set(GsOptions.OPERATION_TIMEOUT, Duration.ofSeconds(1));
    try (ObjectStorages own = storages(impatient)) {
      ObjectStorage hanging = own.at(storage.root().toString());
      relay.setFaults((number, head) -> isOfContent(head) ? Fault.HANG : Fault.NONE);

      assertThatThrownBy(() -> write(hanging)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> hanging.open(PATH).readAllBytes()).isInstanceOf(IOException.class);
    }
    relay.setFaults((number, head) -> Fault.NONE);

    assertThat(storage.list(RelativePath.ROOT)).hasSize(1);
    assertThat(read()).isTrue();
  }

  private static boolean isOfContent(String head) {
    return head.startsWith("PUT") || head.contains("alt=media");
  }

  @Test
  void whenAWriteFailsAltogether_thenNothingIsLeft() throws IOException {
    relay.setFaults((number, head) -> head.startsWith("PUT") ? Fault.THROTTLE : Fault.NONE);

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
    SERVER.process().close();
    try {
      assertThatThrownBy(() -> write(storage)).isInstanceOf(IOException.class);
    } finally {
      SERVER.startAgain();
    }

    write(storage);
    assertThat(read()).isTrue();
  }

  private static void write(ObjectStorage to) throws IOException {
    try (StorageOutput out = to.create(PATH)) {
      out.write(CONTENT);
      out.commit();
    }
  }

  private boolean read() throws IOException {
    try (InputStream in = storage.open(PATH)) {
      return Arrays.equals(in.readAllBytes(), CONTENT);
    }
  }
}
