package io.weir.api.eventtime;

import java.io.Serializable;

/**
 * A {@link TimestampAssigner} that can be written as a lambda in a strategy.
 *
 * @param <T> type of the records
 */
@FunctionalInterface
public interface SerializableTimestampAssigner<T> extends TimestampAssigner<T>, Serializable {}
