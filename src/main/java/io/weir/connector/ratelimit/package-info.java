/**
 * Readers that keep to a rate: they say that nothing is available until the next record is due, so
 * that no thread waits.
 *
 * <p>A strategy is part of a source and immutable; a limited reader is used by the thread of its
 * task alone.
 */
package io.weir.connector.ratelimit;
