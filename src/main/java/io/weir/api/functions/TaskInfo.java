package io.weir.api.functions;

/** Facts about the subtask that runs a function. */
public interface TaskInfo {
  /** Name of the task: the names of its chained operators. */
  String getTaskName();

  /** The task's name with index and number of its subtasks, as {@code "Map (3/4)#0"}. */
  String getTaskNameWithSubtasks();

  /** Max parallelism of the task: its number of key groups. */
  int getMaxNumberOfParallelSubtasks();

  /** Index of this subtask, from 0. */
  int getIndexOfThisSubtask();

  /** Parallelism of the task. */
  int getNumberOfParallelSubtasks();

  /** How often the task was started before, from 0. */
  int getAttemptNumber();
}
