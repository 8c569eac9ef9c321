/**
 * The functions that job authors write.
 *
 * <p>Functions are {@link java.io.Serializable}: every subtask works on its own copy, and calls it
 * on one thread at a time, so a function needs no synchronization. What a function throws fails the
 * task that called it; the restart strategy of the job then decides. Fields that cannot be
 * serialized, and injected beans, are transient and set up in {@link
 * io.weir.api.functions.RichFunction#open}.
 */
package io.weir.api.functions;
