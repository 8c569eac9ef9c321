package io.weir.barrier;

/**
 * How an alignment came to its end.
 *
 * @param alignedChannels channels that delivered the barrier
 * @param endedChannels channels that count as aligned because their input has ended
 */
public record AlignmentFacts(int alignedChannels, int endedChannels) {}
