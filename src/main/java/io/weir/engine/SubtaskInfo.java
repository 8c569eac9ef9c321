package io.weir.engine;

import io.weir.api.functions.TaskInfo;

/** What a function can learn about the task it runs in. */
record SubtaskInfo(String vertexName, int subtask, int parallelism, int maxParallelism, int attempt)
    implements TaskInfo {

  @Override
  public String getTaskName() {
    return vertexName;
  }

  @Override
  public String getTaskNameWithSubtasks() {
    return vertexName + " (" + (subtask + 1) + "/" + parallelism + ")";
  }

  @Override
  public int getMaxNumberOfParallelSubtasks() {
    return maxParallelism;
  }

  @Override
  public int getIndexOfThisSubtask() {
    return subtask;
  }

  @Override
  public int getNumberOfParallelSubtasks() {
    return parallelism;
  }

  @Override
  public int getAttemptNumber() {
    return attempt;
  }
}
