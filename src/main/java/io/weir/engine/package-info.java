/**
 * Runs tasks. A {@link io.weir.engine.Task} is stepped, not run: {@link io.weir.engine.Task#step()}
 * does a bounded amount of work and does not block; whose thread calls it is not its business. All
 * that is not data reaches it through its {@link io.weir.engine.Mailbox}.
 *
 * <p>A task, its operators, their state and the near ends of its channels are used by one thread at
 * a time, the one that steps it. Other threads only put letters into the mailbox and raise the
 * task's signal. Clock, executor, randomness and wake-ups are handed in.
 */
package io.weir.engine;
