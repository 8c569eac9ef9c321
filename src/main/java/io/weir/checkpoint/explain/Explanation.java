package io.weir.checkpoint.explain;

import io.weir.snapshot.TaskId;
import java.util.Optional;

/**
 * What a checkpoint's duration, or its failure, comes down to.
 *
 * @param culprit the subtask that everything else waited for; empty if it was the coordinator
 * @param phase what that subtask was at
 * @param sentence for people
 */
public record Explanation(Optional<TaskId> culprit, Phase phase, String sentence) {}
