package io.weir.engine;

import io.weir.barrier.AlignmentMode;
import io.weir.checkpoint.inflight.DebloatSettings;
import io.weir.engine.operator.StateTracking;
import java.util.Optional;

/**
 * What a job's configuration says to its tasks.
 *
 * @param autoWatermarkIntervalMillis 0 for none
 * @param objectReuse whether a chain may hand on records of mutable types without a copy
 * @param debloat how data in flight is limited; empty for by the capacity of channels alone
 * @param stateTracking what of the accesses to keyed state is measured
 * @param seed of everything in the tasks that is random
 */
public record TaskSettings(
    AlignmentMode alignment,
    boolean checkpointingEnabled,
    long autoWatermarkIntervalMillis,
    boolean objectReuse,
    Optional<DebloatSettings> debloat,
    StateTracking stateTracking,
    long seed) {}
