/**
 * Whether and when a failed job starts again.
 *
 * <p>A {@link io.weir.restart.RestartStrategy} is what the user configured; its {@link
 * io.weir.restart.RestartBackoff} is what is known about the failures of one job so far. Each
 * failure gives a {@link io.weir.restart.RestartVerdict}. All are immutable values without clock
 * and chance: both are handed in.
 */
package io.weir.restart;
