package io.weir.storage.s3;

import io.weir.job.surroundings.ConfiguredStorages;
import io.weir.servers.S3Server;
import io.weir.snapshot.JobId;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.SnapshotFormat;
import io.weir.snapshot.SnapshotKind;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateOutput;
import io.weir.storage.CheckpointLocation;
import io.weir.storage.CheckpointStorage;
import io.weir.storage.CheckpointStorageSettings;
import io.weir.storage.FileMerging;
import io.weir.storage.ObjectStorages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How many files a checkpoint has, and how long its writing takes, with and without merged files;
 * run by hand: {@code mvn verify -Dit.test=MergedFilesFigures}.
 */
class MergedFilesFigures {
  @RegisterExtension static final S3Server SERVER = new S3Server();

  private static final int SUBTASKS = 32;
  private static final int PIECES = 4;
  private static final int PIECE_BYTES = 40_000;
  private static final int WARM_UP = 5;
  private static final int ROUNDS = 21;

  private final ExecutorService threads = Executors.newFixedThreadPool(SUBTASKS);
  private long id;

  @Test
  void measure() throws Exception {
    Path directory = Files.createTempDirectory(Path.of("target"), "merged-files");
    List<String> places =
        List.of(directory.toUri().toString(), "s3://" + SERVER.newBucket() + "/checkpoints");
    try (ObjectStorages storages =
        ConfiguredStorages.of(SERVER.configuration(), UnaryOperator.identity())) {
      for (String place : places) {
        measure(storages, place, "no merging", FileMerging.OFF);
        measure(storages, place, "merging", FileMerging.upTo(32 << 20));
        measure(
            storages, place, "merging, pool-blocking", new FileMerging(true, 32 << 20, 2, true, 4));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void measure(ObjectStorages storages, String place, String how, FileMerging merging)
      throws Exception {
    CheckpointStorage storage =
        new CheckpointStorage(
            storages,
            CheckpointStorageSettings.in(place).with(merging),
            new JobId(1, 2),
            UUID::randomUUID);
    List<Long> micros = new ArrayList<>();
    List<Long> files = new ArrayList<>();
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long checkpoint = ++id;
      long start = System.nanoTime();
      SnapshotMetadata metadata = write(storage.begin(checkpoint, SUBTASKS), checkpoint);
      if (round >= 0) {
        micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
        files.add(metadata.stored().stream().map(StateHandle.Stored::location).distinct().count());
      }
      storage.discard(checkpoint);
    }
    micros.sort(null);
    files.sort(null);
    System.out.printf(
        "%s, %s: %d files (%d to %d) and _metadata, %.1f ms (%.1f to %.1f)%n",
        place.substring(0, place.indexOf(':')),
        how,
        files.get(ROUNDS / 2),
        files.get(0),
        files.get(ROUNDS - 1),
        micros.get(ROUNDS / 2) / 1e3,
        micros.get(0) / 1e3,
        micros.get(ROUNDS - 1) / 1e3);
  }

  private SnapshotMetadata write(CheckpointLocation location, long checkpoint) throws Exception {
    List<Future<List<StateHandle>>> subtasks = new ArrayList<>();
    for (int subtask = 0; subtask < SUBTASKS; subtask++) {
      subtasks.add(threads.submit(() -> pieces(location)));
    }
    List<OperatorState> operators = new ArrayList<>();
    for (Future<List<StateHandle>> subtask : subtasks) {
      for (StateHandle piece : subtask.get()) {
        operators.add(
            new OperatorState(
                new OperatorId(1, operators.size()),
                null,
                "operator",
                1,
                1,
                new TreeMap<>(),
                piece,
                Set.of()));
      }
    }
    SnapshotMetadata metadata =
        new SnapshotMetadata(
            new JobId(1, 2),
            "figures",
            checkpoint,
            SnapshotKind.CHECKPOINT,
            SnapshotFormat.CANONICAL,
            0,
            operators);
    String unused = location.publish(metadata);
    return metadata;
  }

  private static List<StateHandle> pieces(CheckpointLocation location) throws IOException {
    byte[] content = new byte[PIECE_BYTES];
    new Random(1).nextBytes(content);
    List<StateHandle> pieces = new ArrayList<>();
    for (int piece = 0; piece < PIECES; piece++) {
      try (StateOutput out = location.create()) {
        out.write(content);
        pieces.add(out.finish());
      }
    }
    location.subtaskWritten();
    return pieces;
  }
}
