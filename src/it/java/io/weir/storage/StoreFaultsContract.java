package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.Configuration;
import io.weir.servers.FaultyRelay;
import io.weir.servers.FaultyRelay.Fault;
import io.weir.servers.HttpStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a driver does when an object store that speaks HTTP, or the network, misbehaves. */
@Timeout(300)
public abstract class StoreFaultsContract {
  protected static final RelativePath PATH = RelativePath.of("job/chk-1/a");

  /** Of several parts, and longer than what a reader asks for in advance. */
  protected static final byte[] CONTENT = new byte[28 << 20];

  private static final Duration LATENCY = Duration.ofMillis(200);

  static {
    new Random(1).nextBytes(CONTENT);
  }

  protected FaultyRelay relay;
  protected ObjectStorages storages;
  protected ObjectStorage storage;

  protected abstract HttpStore server();

  /** Those that are reached by these settings. */
  protected abstract ObjectStorages storages(Configuration settings);

  /** Changes settings to those of somebody who does not wait. */
  protected abstract Configuration impatient(Configuration settings);

  /** Whether whoever does not learn what the store says to this request can do nothing about it. */
  protected abstract boolean isBeyondRepair(String head);

  @BeforeEach
  final void connect() throws IOException {
    relay = FaultyRelay.to(server().port(), LATENCY);
    storages = storages(server().configuration(relay.port()));
    storage = storages.at(server().newDirectory());
  }

  @AfterEach
  final void disconnect() throws IOException {
    storages.close();
    relay.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"THROTTLE", "CUT_REQUEST", "CUT_ANSWER", "CUT_LONG_ANSWER"})
  void whenOneRequestInFiveFails_thenNothingIsNoticed(Fault fault) throws IOException {
    FaultyRelay.Faults faults = FaultyRelay.oneInFive(fault);
    relay.setFaults(
        (number, head) ->
            fault == Fault.CUT_ANSWER && isBeyondRepair(head)
                ? Fault.NONE
                : faults.of(number, head));

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
    AtomicInteger puts = new AtomicInteger();
    relay.setFaults(
        (number, head) ->
            head.startsWith("PUT") && puts.getAndIncrement() == 0 ? Fault.CUT_ANSWER : Fault.NONE);

    assertThat(storage.putIfAbsent(PATH, new byte[] {1})).isTrue();
    assertThat(puts).hasValueGreaterThan(1);
    assertThat(storage.putIfAbsent(PATH, new byte[] {1})).isFalse();
  }

  @Test
  void whenTheStoreHangs_thenEveryOperationFailsInTime() throws IOException {
    write(storage);
    try (ObjectStorages own = storages(impatient(server().configuration(relay.port())))) {
      ObjectStorage hanging = own.at(storage.root().toString());
      relay.setFaults((number, head) -> Fault.HANG);

      assertThatThrownBy(() -> write(hanging))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(storage.locationOf(PATH))
          .hasMessageContaining("did not answer in time");
      assertThatThrownBy(() -> hanging.list(RelativePath.ROOT)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> hanging.open(PATH)).isInstanceOf(IOException.class);
    }
    relay.setFaults((number, head) -> Fault.NONE);
    assertThat(read()).isTrue();
  }

  @Test
  void whenAWriteFailsAltogether_thenNothingIsLeftOnceTheStoreIsBack() throws IOException {
    AtomicInteger puts = new AtomicInteger();
    // all but the first part
    relay.setFaults(
        (number, head) ->
            head.startsWith("PUT") && puts.getAndIncrement() > 0 ? Fault.THROTTLE : Fault.NONE);

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
    write(storage);
    server().stop();
    try {
      assertThatThrownBy(() -> write(storage)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> storage.length(PATH)).isInstanceOf(IOException.class);
    } finally {
      server().startAgain();
    }

    assertThat(read()).isTrue();
    storage.delete(List.of(PATH));
    assertThat(storage.length(PATH)).isEmpty();
  }

  protected static void write(ObjectStorage to) throws IOException {
    try (StorageOutput out = to.create(PATH)) {
      out.write(CONTENT);
      out.commit();
    }
  }

  protected final boolean read() throws IOException {
    try (InputStream in = storage.open(PATH)) {
      return Arrays.equals(in.readAllBytes(), CONTENT);
    }
  }
}
