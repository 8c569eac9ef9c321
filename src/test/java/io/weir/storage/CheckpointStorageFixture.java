package io.weir.storage;

import io.weir.snapshot.OperatorState;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.snapshot.StateWriter;
import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.SampleSnapshots;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A checkpoint storage in memory, and snapshots with a few files in it. */
final class CheckpointStorageFixture {
  static final String ROOT = "memory:///checkpoints";
  static final int THRESHOLD = 100;

  final InMemoryStorage disk;
  final CheckpointStorage storage;
  long nowMillis = 1_000_000;
  private final Random names;

  CheckpointStorageFixture(long seed) throws IOException {
    disk = new InMemoryStorage(seed, () -> nowMillis);
    names = new Random(seed);
    storage =
        new CheckpointStorage(disk.storages(), settings(ROOT), SampleSnapshots.JOB, this::nextName);
  }

  static CheckpointStorageSettings settings(String root) {
    return new CheckpointStorageSettings(root, true, THRESHOLD, 64);
  }

  /** The same storage for a job that merges its files. */
  CheckpointStorage storage(FileMerging merging) throws IOException {
    return new CheckpointStorage(
        disk.storages(), settings(ROOT).with(merging), SampleSnapshots.JOB, this::nextName);
  }

  private synchronized UUID nextName() {
    return new UUID(names.nextLong(), names.nextLong());
  }

  String publish(long checkpointId) throws IOException {
    return publish(storage.begin(checkpointId), checkpointId);
  }

  /** Writes three pieces of state, one of them small, and the metadata. */
  static String publish(CheckpointLocation location, long checkpointId) throws IOException {
    return location.publish(
        metadata(checkpointId, write(location, 5), write(location, 300), write(location, 2_000)));
  }

  static StateHandle write(StateWriter writer, int length) throws IOException {
    try (StateOutput out = writer.create()) {
      out.write(content(length));
      return out.finish();
    }
  }

  static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }

  static SnapshotMetadata metadata(long checkpointId, StateHandle... handles) {
    return SampleSnapshots.holding(SampleSnapshots.JOB, checkpointId, List.of(handles));
  }

  /** Reads a snapshot with all its state. */
  static SnapshotMetadata readAll(CheckpointStorage storage, String path) throws IOException {
    SnapshotMetadata metadata = storage.read(path);
    for (OperatorState operator : metadata.operators()) {
      try (InputStream in = storage.reader().open(operator.coordinator())) {
        byte[] read = in.readAllBytes();
        if (!java.util.Arrays.equals(read, content(read.length))
            || read.length != operator.coordinator().sizeBytes()) {
          throw new AssertionError("wrong state was read without a word");
        }
      }
    }
    return metadata;
  }
}
