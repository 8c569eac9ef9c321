package io.weir.job;

import io.weir.engine.Clock;
import io.weir.job.surroundings.JobCatalog;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.job.surroundings.Timers;
import io.weir.testkit.InMemoryStorage;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What parts of a job are given that are tested without one: what they hand to an executor is done
 * at once, and there are no tasks and no state backends.
 */
public final class LoneSurroundings {

  private LoneSurroundings() {}

  /**
   * Makes them.
   *
   * @param millis what the clock shows, since the epoch
   * @param random also gives the names of files
   */
  public static JobSurroundings of(
      LongSupplier millis,
      Timers timers,
      JobCatalog catalog,
      InMemoryStorage disk,
      RandomGenerator random) {
    return new JobSurroundings(
        new Clock() {
          @Override
          public long nowMillis() {
            return millis.getAsLong();
          }

          @Override
          public long nanoTime() {
            return millis.getAsLong() * 1_000_000;
          }
        },
        Runnable::run,
        Runnable::run,
        timers,
        /* tasks= */ null,
        catalog,
        disk.storages(),
        disk.storages(),
        List.of(),
        function -> {},
        () -> new UUID(random.nextLong(), random.nextLong()),
        random,
        "server");
  }
}
