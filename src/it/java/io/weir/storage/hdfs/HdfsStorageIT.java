package io.weir.storage.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.servers.HdfsServer;
import io.weir.storage.ObjectStorage;
import io.weir.storage.ObjectStorageContract;
import io.weir.storage.ObjectStorages;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import io.weir.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The HDFS driver and a cluster of a name node and a data node. */
class HdfsStorageIT extends ObjectStorageContract {
  @RegisterExtension static final HdfsServer SERVER = new HdfsServer();

  private static final RelativePath PATH = RelativePath.of("job/chk-1/a");

  private static ObjectStorages storages;

  @BeforeAll
  static void connect() {
    storages = ObjectStorages.of(new HdfsStorageProvider(SERVER.configuration()));
  }

  @AfterAll
  static void disconnect() throws IOException {
    storages.close();
  }

  @Override
  protected ObjectStorage freshStorage() throws IOException {
    return storages.at(SERVER.newDirectory() + "/a%20dir/checkpoints");
  }

  @Test
  void longFilesAreWrittenAndReadInLittleMemory() throws IOException {
    ObjectStorage storage = freshStorage();
    byte[] content = new byte[1 << 20];
    new Random(1).nextBytes(content);
    try (StorageOutput out = storage.create(PATH)) {
      for (int i = 0; i < 40; i++) {
        out.write(content);
      }
      out.commit();
    }

    assertThat(storage.length(PATH)).hasValue(40L << 20);
    try (InputStream in = storage.open(PATH)) {
      in.skipNBytes(39L << 20);
      assertThat(Arrays.equals(in.readAllBytes(), content)).isTrue();
    }
  }

  @Test
  void aFileWhoseWriterDiedIsListedUnderAnotherNameAndCanBeRemoved() throws IOException {
    String directory = SERVER.newDirectory();
    ObjectStorage storage = storages.at(directory);
    ObjectStorages dying = ObjectStorages.of(new HdfsStorageProvider(SERVER.configuration()));
    StorageOutput out = dying.at(directory).create(PATH);
    out.write(new byte[1 << 20]);
    dying.close();

    List<StoredObject> found = storage.list(RelativePath.ROOT);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).path().toString()).matches("job/chk-1/\\.a\\..+\\.part");
    assertThat(storage.length(PATH)).isEmpty();

    storage.delete(List.of(found.get(0).path()));

    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
  }

  @Test
  void whatIsBelowAFileIsNotThere() throws IOException {
    ObjectStorage storage = freshStorage();
    storage.putIfAbsent(PATH, new byte[1]);
    RelativePath below = PATH.resolve("below");

    assertThat(storage.length(below)).isEmpty();
    assertThat(storage.list(PATH)).isEmpty();
    assertThat(storage.children(PATH)).isEmpty();
    assertThat(storage.list(below)).isEmpty();
    storage.delete(List.of(below));
    storage.deleteTree(below);
    assertThat(storage.length(PATH)).hasValue(1);
  }
}
