/**
 * Sinks: one writer per subtask, and, for exactly-once results, a committer. The writer prepares at
 * the barrier what the committer makes visible when the checkpoint is complete; after a failure it
 * is committed again, so committing must have no effect the second time.
 *
 * <p>Writer and committer of a subtask are called on the thread of the task.
 */
package io.weir.api.connector.sink;
