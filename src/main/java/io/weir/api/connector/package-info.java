/**
 * The contracts of sources and sinks.
 *
 * <p>A {@link io.weir.api.connector.Source}'s enumerator finds splits and hands them to readers,
 * one reader per subtask. The enumerator runs on one thread, a reader on the thread of its task;
 * neither may block. What both keep is part of every checkpoint.
 *
 * <p>A {@link io.weir.api.connector.Sink} has one writer per subtask, and, for exactly-once
 * results, a committer. The writer prepares at the barrier what the committer makes visible when
 * the checkpoint is complete; after a failure it is committed again, so committing must have no
 * effect the second time. Writer and committer of a subtask are called on the thread of its task.
 */
package io.weir.api.connector;
