/**
 * Makes the operators of a subtask from the planned operators of a job: one operator class for each
 * kind, with its own copy of the author's code.
 *
 * <p>Used by the thread that sets up the task.
 */
package io.weir.engine.operator.factory;
