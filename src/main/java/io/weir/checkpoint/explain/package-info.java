/**
 * Why a checkpoint was slow, or came to nothing: {@link io.weir.checkpoint.explain.CriticalPath}
 * follows what held it up from the subtask that was last, or is missing, upstream along the barrier
 * that came late and downstream along back-pressure, to the one subtask, phase and activity that
 * everything else waited for, and says so in one sentence.
 *
 * <p>Pure: it reads a {@link io.weir.checkpoint.explain.CheckpointTrace} and nothing else. All
 * types are immutable values.
 */
package io.weir.checkpoint.explain;
