package io.weir.storage.gs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.Configuration;
import io.weir.config.GsOptions;
import io.weir.config.MemorySize;
import io.weir.servers.FaultyRelay.Fault;
import io.weir.servers.GsServer;
import io.weir.servers.HttpStore;
import io.weir.storage.ObjectStorage;
import io.weir.storage.ObjectStorages;
import io.weir.storage.RelativePath;
import io.weir.storage.StoreFaultsContract;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The driver for Google Cloud Storage and a store, or a network, that misbehaves. */
class GsFaultsIT extends StoreFaultsContract {
  @RegisterExtension static final GsServer SERVER = new GsServer();

  @Override
  protected HttpStore server() {
    return SERVER;
  }

  @Override
  protected ObjectStorages storages(Configuration settings) {
    return ObjectStorages.of(
        new GsStorageProvider(settings.set(GsOptions.CHUNK_SIZE, MemorySize.ofMebiBytes(2))));
  }

  @Override
  protected Configuration impatient(Configuration settings) {
    return settings
        .set(GsOptions.REQUEST_TIMEOUT, Duration.ofSeconds(1))
        .set(GsOptions.OPERATION_TIMEOUT, Duration.ofSeconds(1));
  }

  @Override
  protected boolean isBeyondRepair(String head) {
    return false;
  }

  @Test
  void whenTheStreamOfAnObjectBreaksAgainAndAgain_thenItIsReadOn() throws IOException {
    write(storage);
    relay.setFaults((number, head) -> number < 9 ? Fault.CUT_LONG_ANSWER : Fault.NONE);

    assertThat(read()).isTrue();
    assertThat(relay.requests()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void whenTheStoreHangsAmidAnObject_thenWritingAndReadingFailInTime() throws IOException {
    write(storage);
    try (ObjectStorages own = storages(impatient(SERVER.configuration(relay.port())))) {
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
}
