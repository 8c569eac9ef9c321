package io.weir.checkpoint.explain;

import io.weir.snapshot.TaskId;

/**
 * That a subtask would not, or could not, take part.
 *
 * @param why what follows the subtask's name in a sentence
 */
public record Decline(TaskId task, String why) {}
