package io.weir.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.servers.S3Server;
import io.weir.storage.ObjectStorage;
import io.weir.storage.ObjectStorageContract;
import io.weir.storage.ObjectStorages;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import io.weir.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The S3 driver and a server that speaks the protocol. */
class S3StorageIT extends ObjectStorageContract {
  @RegisterExtension static final S3Server SERVER = new S3Server();

  private static final RelativePath LONG = RelativePath.of("job/chk-1/long");
  private static final int PART = 8 << 20;

  private static ObjectStorages storages;

  @BeforeAll
  static void connect() {
    storages = ObjectStorages.of(new S3StorageProvider(SERVER.configuration()));
  }

  @AfterAll
  static void disconnect() throws IOException {
    storages.close();
  }

  @Override
  protected ObjectStorage freshStorage() throws IOException {
    return storages.at("s3://" + SERVER.newBucket() + "/a dir/checkpoints".replace(" ", "%20"));
  }

  @Test
  void objectsOfSeveralPartsAndRangesReadBack() throws IOException {
    ObjectStorage storage = freshStorage();
    for (int length : new int[] {PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 12_345}) {
      byte[] content = new byte[length];
      new Random(length).nextBytes(content);
      write(storage, LONG, content);

      assertThat(storage.length(LONG)).hasValue(length);
      try (InputStream in = storage.open(LONG)) {
        assertThat(Arrays.equals(in.readAllBytes(), content)).as("%d bytes", length).isTrue();
      }
    }
  }

  @Test
  void anUploadWhoseWriterDiedIsListedAndCanBeRemoved() throws IOException {
    ObjectStorage storage = freshStorage();
    writePartOf(storage);

    List<StoredObject> found = storage.list(RelativePath.of("job"));
    assertThat(found).hasSize(1);
    assertThat(found.get(0).path().toString()).matches("job/chk-1/\\.long\\..+\\.part");
    assertThat(found.get(0).modifiedMillis()).isPositive();
    assertThat(storage.children(RelativePath.of("job"))).containsExactly("chk-1");
    assertThat(storage.children(RelativePath.ROOT)).containsExactly("job");

    storage.delete(List.of(found.get(0).path()));
    storage.delete(List.of(found.get(0).path()));

    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
  }

  @Test
  void anUploadWhoseWriterDiedGoesWithItsDirectory() throws IOException {
    ObjectStorage storage = freshStorage();
    StorageOutput out = writePartOf(storage);

    storage.deleteTree(RelativePath.of("job/chk-1"));

    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
    out.close();
  }

  @Test
  void closingALongObjectWithoutCommitLeavesNothing() throws IOException {
    ObjectStorage storage = freshStorage();

    writePartOf(storage).close();

    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
  }

  @Test
  void moreObjectsThanOnePageAndOneBatchAreListedAndRemoved() throws IOException {
    String bucket = SERVER.newBucket();
    Path shared = Files.createDirectories(SERVER.directoryOf(bucket).resolve("shared"));
    for (int i = 0; i < 1_005; i++) {
      Files.write(shared.resolve("%04d".formatted(i)), new byte[1]);
    }
    ObjectStorage storage = storages.at("s3://" + bucket);

    List<StoredObject> found = storage.list(RelativePath.ROOT);
    assertThat(found).hasSize(1_005).isSortedAccordingTo(Comparator.comparing(StoredObject::path));
    assertThat(storage.children(RelativePath.of("shared"))).hasSize(1_005);
    storage.delete(found.stream().map(StoredObject::path).toList());
    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
  }

  @Test
  void whenTheConnectionIsClosed_thenItsThreadsEnd() throws Exception {
    S3StorageProvider provider = new S3StorageProvider(SERVER.configuration());
    List<Thread> before = sdkThreads();
    ObjectStorages own = ObjectStorages.of(provider);
    own.at("s3://" + SERVER.newBucket()).putIfAbsent(RelativePath.of("a"), new byte[1]);
    List<Thread> during = new ArrayList<>(sdkThreads());
    during.removeAll(before);
    assertThat(during).isNotEmpty();

    own.close();

    for (Thread thread : during) {
      thread.join(120_000);
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  private static List<Thread> sdkThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(?i).*(aws|sdk|netty).*"))
        .toList();
  }

  private static StorageOutput writePartOf(ObjectStorage storage) throws IOException {
    StorageOutput out = storage.create(LONG);
    out.write(new byte[2 * PART + 1]);
    return out;
  }

  private static void write(ObjectStorage storage, RelativePath path, byte[] content)
      throws IOException {
    try (StorageOutput out = storage.create(path)) {
      out.write(content);
      out.commit();
    }
  }
}
