/**
 * The vocabulary of durable things: ids, key groups, handles of state, the metadata of a snapshot
 * and its codec, descriptions of schemas, and the two ports through which state is written and
 * read.
 *
 * <p>Everything here is an immutable value and may be shared between threads, except the streams,
 * which belong to one thread. Nothing here knows where bytes are kept: {@link
 * io.weir.snapshot.StateWriter} and {@link io.weir.snapshot.StateReader} are implemented by {@code
 * storage}.
 */
package io.weir.snapshot;
