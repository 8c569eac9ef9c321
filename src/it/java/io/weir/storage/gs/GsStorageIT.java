package io.weir.storage.gs;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.GsOptions;
import io.weir.config.MemorySize;
import io.weir.servers.GsServer;
import io.weir.storage.ObjectStorage;
import io.weir.storage.ObjectStorageContract;
import io.weir.storage.ObjectStorages;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import io.weir.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The driver for Google Cloud Storage and a server that speaks the protocol. */
class GsStorageIT extends ObjectStorageContract {
  @RegisterExtension static final GsServer SERVER = new GsServer();

  private static final RelativePath LONG = RelativePath.of("job/chk-1/long");
  private static final int CHUNK = 256 << 10;

  private static ObjectStorages storages;

  @BeforeAll
  static void connect() {
    storages =
        ObjectStorages.of(
            new GsStorageProvider(
                SERVER.configuration().set(GsOptions.CHUNK_SIZE, new MemorySize(CHUNK))));
  }

  @AfterAll
  static void disconnect() throws IOException {
    storages.close();
  }

  @Override
  protected ObjectStorage freshStorage() throws IOException {
    return storages.at("gs://" + SERVER.newBucket() + "/a%20dir/checkpoints");
  }

  @Test
  void objectsOfSeveralPartsReadBack() throws IOException {
    ObjectStorage storage = freshStorage();
    for (int length : new int[] {CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 9 * CHUNK + 12_345}) {
      byte[] content = new byte[length];
      new Random(length).nextBytes(content);
      try (StorageOutput out = storage.create(LONG)) {
        out.write(content);
        out.commit();
      }

      assertThat(storage.length(LONG)).hasValue(length);
      try (InputStream in = storage.open(LONG)) {
        assertThat(Arrays.equals(in.readAllBytes(), content)).as("%d bytes", length).isTrue();
      }
    }
  }

  @Test
  void whatAWriterThatDiedHasSentIsInNoListing() throws IOException {
    ObjectStorage storage = freshStorage();
    StorageOutput out = storage.create(LONG);
    out.write(new byte[3 * CHUNK]);

    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
    assertThat(storage.length(LONG)).isEmpty();

    out.close();
    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
  }

  @Test
  void moreObjectsThanOnePageAndOneBatchAreListedAndRemoved() throws Exception {
    ObjectStorage storage = freshStorage();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> puts = new ArrayList<>();
      for (int i = 0; i < 1_005; i++) {
        RelativePath path = RelativePath.of("shared/%04d".formatted(i));
        puts.add(() -> storage.putIfAbsent(path, new byte[1]));
      }
      for (Future<Boolean> put : threads.invokeAll(puts)) {
        assertThat(put.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }

    List<StoredObject> found = storage.list(RelativePath.ROOT);
    assertThat(found).hasSize(1_005).isSortedAccordingTo(Comparator.comparing(StoredObject::path));
    assertThat(storage.children(RelativePath.of("shared"))).hasSize(1_005);
    storage.delete(found.stream().map(StoredObject::path).toList());
    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
  }
}
