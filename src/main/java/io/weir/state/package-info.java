/**
 * Keyed and operator state of running operators, their timers, and what is common to the state
 * backends.
 *
 * <p>A backend belongs to one task and is used by that task's thread alone. A snapshot is taken in
 * two parts: the synchronous part, on the task's thread, fixes the content; {@link
 * io.weir.state.PendingSnapshot#write} then writes it on any other thread while the task goes on.
 */
package io.weir.state;
