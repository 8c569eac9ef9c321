package io.weir.engine;

import io.weir.barrier.AlignmentMode;
import io.weir.checkpoint.inflight.DebloatSettings;
import java.util.Optional;

/**
 * What a job's configuration says to its tasks.
 *
 * @param autoWatermarkIntervalMillis 0 for none
 * @param objectReuse whether a chain may hand on records of mutable types without a copy
 * @param debloat how data in flight is limited; empty for by the capacity of channels alone
 * @param seed of everything in the tasks that is random
 */
public record TaskSettings(
    AlignmentMode alignment,
    boolean checkpointingEnabled,
    long autoWatermarkIntervalMillis,
    boolean objectReuse,
    Optional<DebloatSettings> debloat,
    long seed) {}
