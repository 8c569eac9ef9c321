package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.job.CheckpointingProcess.Place;
import io.weir.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills processes that take incremental checkpoints, while they upload, while the database
 * compacts, and before and after the row of a checkpoint is written. What the next process finds,
 * it checks by itself.
 */
class KilledProcessTest {
  /** More of them with {@code -Dweir.kills=N}. */
  private static final int KILLS = Integer.getInteger("weir.kills", 8);

  private static final List<String> OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");
  private static final long POLL_NANOS = 200_000;

  @TempDir private Path directory;

  @Test
  void whereverAProcessIsKilled_theNextOneHasTheStateOfTheNewestCheckpointAndNoOrphans()
      throws Exception {
    Place[] places = Place.values();
    for (int kill = 0; kill < KILLS; kill++) {
      Place place = places[kill % places.length];
      try (JavaProcess process = start(place, 1 + kill / places.length % 4)) {
        process.await(CheckpointingProcess.READY);
        if (place == Place.NOWHERE) {
          awaitCompaction();
        } else {
          process.await(CheckpointingProcess.PAUSED);
        }
        process.kill();
      }
    }
    try (JavaProcess last = start(Place.BEFORE_ROW, 0)) {
      String line = last.await(CheckpointingProcess.READY);
      assertThat(Long.parseLong(line.substring(CheckpointingProcess.READY.length() + 1)))
          .isGreaterThan(KILLS);
    }
  }

  private JavaProcess start(Place place, int checkpointsBefore) throws IOException {
    return JavaProcess.start(
        CheckpointingProcess.class,
        OPTIONS,
        directory.toString(),
        place.name(),
        Integer.toString(checkpointsBefore));
  }

  private void awaitCompaction() throws IOException {
    long before = compactions();
    while (compactions() == before) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private long compactions() throws IOException {
    long count = 0;
    try (Stream<Path> logs = Files.list(CheckpointingProcess.logDirectory(directory))) {
      for (Path log : logs.filter(Files::isRegularFile).toList()) {
        try (Stream<String> lines = Files.lines(log)) {
          count += lines.filter(line -> line.contains("compaction_started")).count();
        }
      }
    }
    return count;
  }
}
