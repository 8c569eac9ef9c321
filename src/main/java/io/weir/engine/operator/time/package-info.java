/**
 * Time inside an operator: the timers of a keyed operator, the watermark of an operator with two
 * inputs, and the operator that assigns timestamps and makes watermarks.
 *
 * <p>Everything here runs on the thread of one task. A burst of due timers is worked off in pieces,
 * so that a checkpoint never waits for its end.
 */
package io.weir.engine.operator.time;
