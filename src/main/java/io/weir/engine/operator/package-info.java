/**
 * The operators that a task runs, and what stands between operator and task: {@link
 * io.weir.engine.operator.StreamOperator} is what the task calls, {@link
 * io.weir.engine.operator.OperatorContext} what it gives, {@link io.weir.engine.operator.Input} and
 * {@link io.weir.engine.operator.Output} are how records flow.
 *
 * <p>Everything here runs on the thread of one task. Value and timestamp travel as two arguments;
 * nothing is allocated for a record.
 */
package io.weir.engine.operator;
