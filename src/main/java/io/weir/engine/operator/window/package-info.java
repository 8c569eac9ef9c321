/**
 * The window operator: which windows a record belongs to, what each window holds, when it fires,
 * and when it is over. The semantics are those of Flink.
 *
 * <p>A window is a namespace of the keyed state. Windows that merge (sessions) keep their contents
 * under the window that was first, their <em>state window</em>, so that merging moves no more state
 * than it must.
 *
 * <p>Everything here runs on the thread of one task.
 */
package io.weir.engine.operator.window;
