/**
 * Looks at completed snapshots without changing them.
 *
 * <p>Reads storage, so everything here may block and never runs on the thread of a task. Safe for
 * use by several threads.
 */
package io.weir.inspect;
