package io.weir.storage.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.Configuration;
import io.weir.config.HdfsOptions;
import io.weir.servers.HdfsServer;
import io.weir.storage.ObjectStorage;
import io.weir.storage.ObjectStorages;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import io.weir.storage.UnusableStorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The HDFS driver and a cluster that misbehaves. An operation that is not bounded hits the limit.
 */
@Timeout(300)
class HdfsFaultsIT {
  @RegisterExtension static final HdfsServer SERVER = new HdfsServer();

  private static final RelativePath PATH = RelativePath.of("job/chk-1/a");

  /** More than what is in buffers on the way. */
  private static final byte[] CONTENT = new byte[20 << 20];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  private ObjectStorages storages;
  private ObjectStorages impatientStorages;
  private ObjectStorage storage;

  /** The same one; nothing of it may have to succeed, as it does not wait for a busy machine. */
  private ObjectStorage impatient;

  @BeforeEach
  void connect() throws IOException {
    storages = ObjectStorages.of(new HdfsStorageProvider(SERVER.configuration()));
    storage = storages.at(SERVER.newDirectory());
    impatientStorages =
        ObjectStorages.of(
            new HdfsStorageProvider(
                SERVER.configuration().set(HdfsOptions.REQUEST_TIMEOUT, Duration.ofMillis(500))));
    impatient = impatientStorages.at(storage.root().toString());
  }

  @AfterEach
  void disconnect() throws IOException {
    impatientStorages.close();
    storages.close();
  }

  @Test
  void whenTheNameNodeHangs_thenEveryOperationFailsInTime() throws IOException {
    write();
    SERVER.nameNode().freeze();
    try {
      assertThatThrownBy(() -> impatient.length(PATH))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(storage.locationOf(PATH))
          .hasMessageContaining("no answer in time");
      assertThatThrownBy(() -> impatient.list(RelativePath.ROOT)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> impatient.open(PATH)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> impatient.putIfAbsent(PATH, new byte[1]))
          .isInstanceOf(IOException.class);
    } finally {
      SERVER.nameNode().thaw();
    }

    assertThat(read()).isTrue();
  }

  @Test
  void whenTheDataNodeHangs_thenReadingAndWritingFailInTime() throws IOException {
    write();
    RelativePath other = RelativePath.of("job/chk-2/a");
    SERVER.dataNode().freeze();
    try {
      assertThatThrownBy(
              () -> {
                try (InputStream in = impatient.open(PATH)) {
                  in.readAllBytes();
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining(storage.locationOf(PATH));
      assertThatThrownBy(() -> write(impatient, other)).isInstanceOf(IOException.class);
      assertThat(storage.length(other)).isEmpty();
    } finally {
      SERVER.dataNode().thaw();
    }

    assertThat(read()).isTrue();
  }

  @Test
  void whenTheDataNodeIsGone_thenHalfAFileIsNeverCompleteAndAllIsWellOnceItIsBack()
      throws IOException {
    StorageOutput out = storage.create(PATH);
    out.write(CONTENT);
    SERVER.dataNode().close();
    try {
      assertThatThrownBy(
              () -> {
                out.write(CONTENT);
                out.commit();
              })
          .isInstanceOf(IOException.class);
      assertThat(storage.length(PATH)).isEmpty();
      assertThatThrownBy(() -> storage.open(PATH)).isInstanceOf(NoSuchFileException.class);
      out.close();
      assertThat(storage.list(RelativePath.ROOT)).isEmpty();
    } finally {
      SERVER.startDataNodeAgain();
    }

    write();
    assertThat(read()).isTrue();
  }

  @Test
  void whenTheNameNodeIsGone_thenOperationsFailUntilItIsBack() throws IOException {
    write();
    SERVER.nameNode().close();
    try {
      assertThatThrownBy(() -> storage.length(PATH))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(storage.locationOf(PATH));
      assertThatThrownBy(this::write).isInstanceOf(IOException.class);
    } finally {
      SERVER.startNameNodeAgain();
    }

    assertThat(read()).isTrue();
    storage.delete(List.of(PATH));
    assertThat(storage.length(PATH)).isEmpty();
  }

  @Test
  void whoMayNotWriteIsTold() throws IOException {
    Configuration stranger = SERVER.configuration().set(HdfsOptions.USER, "stranger");
    try (ObjectStorages own = ObjectStorages.of(new HdfsStorageProvider(stranger))) {
      storage.putIfAbsent(PATH, new byte[1]);
      ObjectStorage foreign = own.at(storage.root().toString());

      assertThatThrownBy(() -> foreign.putIfAbsent(PATH, new byte[1]))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("user=stranger")
          .hasMessageNotContaining("\n");
      assertThatThrownBy(() -> foreign.delete(List.of(PATH)))
          .isInstanceOf(AccessDeniedException.class);
    }
  }

  @Test
  void aHostThatIsNotKnownIsNamed() {
    assertThatThrownBy(() -> storages.at("hdfs://no-such-host.invalid/x").length(PATH))
        .isInstanceOf(UnusableStorageException.class)
        .hasMessageContaining("The host in hdfs://no-such-host.invalid/x/job/chk-1/a is not known")
        .hasMessageContaining("env.hadoop.conf.dir");
  }

  private void write() throws IOException {
    write(storage, PATH);
  }

  private static void write(ObjectStorage to, RelativePath path) throws IOException {
    try (StorageOutput out = to.create(path)) {
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
