/**
 * When a checkpoint triggers, completes, fails, expires, is subsumed or forgotten.
 *
 * <p>One pure function, {@link io.weir.checkpoint.CheckpointDecisions#step}, takes what is known
 * ({@link io.weir.checkpoint.CoordinatorState}), what happened ({@link
 * io.weir.checkpoint.CheckpointEvent}) and what time it is, and answers the state that follows and
 * what is to be done ({@link io.weir.checkpoint.Decision}). A driver outside carries decisions out,
 * in their order, and feeds the results back as events. Handles of state never come here: the
 * driver keeps what a task acknowledged under checkpoint and task.
 *
 * <p>Every public type is an immutable value; nothing here reads a clock, does I/O or logs. Events
 * of one job are stepped one after the other.
 */
package io.weir.checkpoint;
