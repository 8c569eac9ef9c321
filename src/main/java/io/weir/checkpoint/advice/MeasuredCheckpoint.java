package io.weir.checkpoint.advice;

/**
 * What one completed checkpoint has cost.
 *
 * @param durationMillis from its trigger to the last acknowledgement
 * @param heldUpMillis for how long the task that was held up most did not process: the synchronous
 *     part, and the alignment unless barriers overtook
 * @param barrierMillis how long the slowest barrier was on its way: start delay and alignment
 * @param asyncMillis the longest asynchronous part: state being written
 * @param stateBytes what a restore reads
 * @param inFlightBytes records in flight that became part of it
 */
public record MeasuredCheckpoint(
    long durationMillis,
    long heldUpMillis,
    long barrierMillis,
    long asyncMillis,
    long stateBytes,
    long inFlightBytes) {}
