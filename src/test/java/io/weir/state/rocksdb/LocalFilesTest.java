package io.weir.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Types;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.DatabaseKeyedState;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateHandle;
import io.weir.state.BackendFixture;
import io.weir.state.KeyedStateBackend;
import io.weir.state.MemoryStateStorage;
import io.weir.state.PendingSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalFilesTest {
  private static final ValueStateDescriptor<Long> COUNT =
      new ValueStateDescriptor<>("count", Long.class);

  @TempDir private Path directory;

  /** What a process leaves that was killed: its files, and a lock that nobody holds. */
  private Path leaveBehind(DatabaseKeyedState state, BackendFixture fixture) throws IOException {
    Path dead = Files.createDirectories(directory.resolve("weir-rocksdb-dead"));
    Files.createFile(dead.resolve("lock"));
    int number = 0;
    for (var file : state.files().entrySet()) {
      if (file.getKey().endsWith(".sst")) {
        Files.write(dead.resolve(number++ + ".sst"), fixture.storage().bytes(file.getValue()));
      }
    }
    assertThat(number).isPositive();
    return dead;
  }

  private static DatabaseKeyedState snapshot(BackendFixture fixture) throws Exception {
    return (DatabaseKeyedState) fixture.snapshot(filled(fixture));
  }

  private static KeyedStateBackend<Long> filled(BackendFixture fixture) throws Exception {
    KeyedStateBackend<Long> backend = fixture.create(Types.LONG);
    ValueState<Long> state = backend.state(COUNT);
    for (long key = 0; key < 1_000; key++) {
      backend.setCurrentKey(key);
      state.update(key * 7);
    }
    return backend;
  }

  private static long valueOf(KeyedStateBackend<Long> backend, long key) throws IOException {
    backend.setCurrentKey(key);
    return backend.state(COUNT).value();
  }

  @Test
  void aRestoreTakesTablesThatAKilledProcessHasLeft_andThenTheRestIsRemoved() throws Exception {
    DatabaseKeyedState state;
    Path dead;
    MemoryStateStorage storage;
    try (RocksDBStateBackendFactory first =
            RocksBackends.factory(directory.resolve("first"), RocksBackends.INCREMENTAL);
        BackendFixture fixture = new BackendFixture(first)) {
      state = snapshot(fixture);
      dead = leaveBehind(state, fixture);
      storage = fixture.storage();
    }
    try (RocksDBStateBackendFactory second =
            RocksBackends.factory(directory, RocksBackends.INCREMENTAL);
        BackendFixture fixture = new BackendFixture(second)) {
      // the storage has the small files only: every table must come from the local disk
      KeyedStateBackend<Long> backend =
          fixture.create(Types.LONG, withSmallFiles(state, storage, fixture.storage()));
      assertThat(valueOf(backend, 77)).isEqualTo(77 * 7);
      assertThat(dead).exists();
      backend.checkpointCompleted(1);
      assertThat(dead).doesNotExist();
      assertThat(valueOf(backend, 78)).isEqualTo(78 * 7);
    }
  }

  @Test
  void aTableThatHasChangedIsNotTaken() throws Exception {
    try (RocksDBStateBackendFactory backends =
            RocksBackends.factory(directory.resolve("first"), RocksBackends.INCREMENTAL);
        BackendFixture fixture = new BackendFixture(backends)) {
      DatabaseKeyedState state = snapshot(fixture);
      Path dead = leaveBehind(state, fixture);
      try (Stream<Path> tables = Files.list(dead)) {
        for (Path table : tables.filter(each -> each.toString().endsWith(".sst")).toList()) {
          byte[] bytes = Files.readAllBytes(table);
          bytes[bytes.length / 2] ^= 1;
          Files.write(table, bytes);
        }
      }
      LeftTables left = LeftTables.in(List.of(dead));
      for (StateHandle piece : state.pieces()) {
        StateHandle.InFile file = (StateHandle.InFile) piece;
        assertThat(left.link(file, directory.resolve("target"))).isFalse();
      }
    }
  }

  @Test
  void tablesThatAreStoredOnTheSameDiskAreLinked() throws Exception {
    try (RocksDBStateBackendFactory backends =
            RocksBackends.factory(directory.resolve("work"), RocksBackends.INCREMENTAL);
        BackendFixture fixture = new BackendFixture(backends)) {
      DatabaseKeyedState stored = withTablesOnDisk(snapshot(fixture), fixture);

      // the fixture's storage does not know them: they cannot have been copied
      KeyedStateBackend<Long> backend = fixture.create(Types.LONG, stored);
      assertThat(valueOf(backend, 77)).isEqualTo(77 * 7);
      for (Path table : tables()) {
        assertThat(Files.getAttribute(table, "unix:nlink")).isEqualTo(2);
      }
      backend.setCurrentKey(77L);
      backend.state(COUNT).update(1L);
      fixture.snapshot(backend);
      backend.close();
      for (Path table : tables()) {
        assertThat(Files.getAttribute(table, "unix:nlink")).isEqualTo(1);
      }
      assertThat(valueOf(fixture.create(Types.LONG, stored), 77)).isEqualTo(77 * 7);
    }
  }

  @Test
  void aStoredTableThatIsDamagedIsNotLinked() throws Exception {
    try (RocksDBStateBackendFactory backends =
            RocksBackends.factory(directory.resolve("work"), RocksBackends.INCREMENTAL);
        BackendFixture fixture = new BackendFixture(backends)) {
      DatabaseKeyedState stored = withTablesOnDisk(snapshot(fixture), fixture);
      for (Path table : tables()) {
        byte[] bytes = Files.readAllBytes(table);
        bytes[bytes.length / 2] ^= 1;
        Files.write(table, bytes);
      }
      // what has not been linked is asked of the storage, which says what is wrong with it
      assertThatThrownBy(() -> fixture.create(Types.LONG, stored))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not exist");
    }
  }

  private List<Path> tables() throws IOException {
    try (Stream<Path> all = Files.list(directory.resolve("stored"))) {
      return all.toList();
    }
  }

  /** The same state, whose tables are in a directory. */
  private DatabaseKeyedState withTablesOnDisk(DatabaseKeyedState state, BackendFixture fixture)
      throws IOException {
    Path stored = Files.createDirectories(directory.resolve("stored"));
    TreeMap<String, StateHandle> files = new TreeMap<>(state.files());
    for (var file : state.files().entrySet()) {
      if (file.getKey().endsWith(".sst")) {
        StateHandle.InFile handle = (StateHandle.InFile) file.getValue();
        Path table = Files.write(stored.resolve(file.getKey()), fixture.storage().bytes(handle));
        files.put(
            file.getKey(),
            new StateHandle.InFile(table.toUri().toString(), handle.length(), handle.crc32c()));
      }
    }
    assertThat(files).isNotEqualTo(state.files());
    return new DatabaseKeyedState(state.range(), state.families(), files);
  }

  @Test
  void aSnapshotThatIsStillToBeWrittenWhenAllElseHasEndedKeepsItsFiles_andRemovesThemAtItsEnd()
      throws Exception {
    RocksDBStateBackendFactory backends =
        RocksBackends.factory(directory, RocksBackends.INCREMENTAL);
    BackendFixture fixture = new BackendFixture(backends);
    PendingSnapshot<KeyedStateHandle> late = filled(fixture).snapshot(1, CheckpointType.CHECKPOINT);
    fixture.close();
    backends.close();

    assertThat(late.write(fixture.storage())).isInstanceOf(DatabaseKeyedState.class);
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "memory.managed,perhaps",
    "predefined-options,FLOPPY_DISK_OPTIMIZED",
    "write-batch-size,many",
    "checkpoint.transfer.thread.num,0",
    "timer-service.factory,CUCKOO"
  })
  void aBackendThatCouldNotBeMadeLeavesNothing(String option, String value) throws Exception {
    RocksDBStateBackendFactory backends =
        RocksBackends.factory(directory, Map.of("state.backend.rocksdb." + option, value));
    try (BackendFixture fixture = new BackendFixture(backends)) {
      assertThatThrownBy(() -> fixture.create(Types.LONG)).hasMessageContaining(option);
    }
    backends.close();

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatALivingProcessUsesIsLeftAlone() throws Exception {
    try (ProcessDirectory living = ProcessDirectory.open(directory);
        ProcessDirectory other = ProcessDirectory.open(directory)) {
      other.removeDead();
      assertThat(living.path()).exists();
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  /** The same state in another storage, to which all but its tables is copied. */
  private static KeyedStateHandle withSmallFiles(
      DatabaseKeyedState state, MemoryStateStorage from, MemoryStateStorage to) {
    TreeMap<String, StateHandle> files = new TreeMap<>(state.files());
    files.replaceAll((name, handle) -> name.endsWith(".sst") ? handle : to.put(from.bytes(handle)));
    return new DatabaseKeyedState(state.range(), state.families(), files);
  }
}
