/**
 * The operator of a sink: it writes, prepares at the barrier what is to be committed, keeps that in
 * its state, and commits it when the checkpoint is complete.
 *
 * <p>Writer and committer of a subtask are one operator and run on the thread of its task. What is
 * in the state of a checkpoint may have been committed when the job is restored from it, so it is
 * committed again: a committer tolerates that.
 */
package io.weir.engine.operator.sink;
