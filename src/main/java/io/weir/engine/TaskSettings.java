package io.weir.engine;

import io.weir.barrier.AlignmentMode;

/**
 * What a job's configuration says to its tasks.
 *
 * @param autoWatermarkIntervalMillis 0 for none
 * @param objectReuse whether a chain may hand on records of mutable types without a copy
 * @param seed of everything in the tasks that is random
 */
public record TaskSettings(
    AlignmentMode alignment,
    boolean checkpointingEnabled,
    long autoWatermarkIntervalMillis,
    boolean objectReuse,
    long seed) {}
