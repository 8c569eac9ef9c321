package io.weir.job.surroundings;

import io.weir.engine.Clock;
import io.weir.state.StateBackendFactory;
import io.weir.storage.ObjectStorages;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * All that jobs are given. Everything in it is safe for use by several threads.
 *
 * @param actors runs what the jobs' masters have to do: short, never blocking
 * @param blocking runs what may wait for storage or catalog, or may take long
 * @param timers calls back later
 * @param localDisks where second copies of state are kept; their failures are nobody else's
 * @param names of files; never the same twice
 * @param random for jitter and seeds
 * @param owner names this server in leases; the same over its restarts
 */
public record JobSurroundings(
    Clock clock,
    Executor actors,
    Executor blocking,
    Timers timers,
    TaskRunner tasks,
    JobCatalog catalog,
    ObjectStorages storages,
    ObjectStorages localDisks,
    List<StateBackendFactory> stateBackends,
    Consumer<Object> injector,
    Supplier<UUID> names,
    RandomGenerator random,
    String owner) {
  public JobSurroundings {
    stateBackends = List.copyOf(stateBackends);
  }
}
