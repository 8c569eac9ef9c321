package io.weir.storage.throughput;

import io.weir.config.Configuration;
import io.weir.job.surroundings.ConfiguredStorages;
import io.weir.snapshot.JobId;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.storage.CheckpointLocation;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.CheckpointStorageSettings;
import io.weir.storage.ObjectStorages;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A piece of state in a checkpoint, with its checksum, as tasks write it and restores read it. */
final class WeirContestant extends Contestant {
  private final ObjectStorages storages;
  private final CheckpointStorage storage;
  private CheckpointLocation location;
  private StateHandle state;
  private long checkpoints;

  WeirContestant(Configuration configuration, String directory) throws IOException {
    storages = ConfiguredStorages.of(configuration, UnaryOperator.identity());
    storage =
        new CheckpointStorage(
            storages,
            CheckpointStorageSettings.in(directory),
            JobId.parse("0123456789abcdef0123456789abcdef"),
            UUID::randomUUID);
  }

  @Override
  void write(byte[] chunk, int times) throws IOException {
    location = storage.begin(++checkpoints);
    try (StateOutput out = location.create()) {
      repeat(out, chunk, times);
      state = out.finish();
    }
  }

  @Override
  InputStream open() throws IOException {
    return storage.reader().open(state);
  }

  @Override
  void remove() throws IOException {
    location.discard();
  }

  @Override
  public void close() throws IOException {
    storages.close();
  }
}
