package io.weir.sim;

import io.weir.job.history.FailoverScope;
import io.weir.job.history.FailureRecord;
import io.weir.plan.TaskManagerId;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The task managers that were lost, and whether the job makes of each what it should. */
final class Losses {
  private static final Pattern NOTED = Pattern.compile("Task manager (\\S+) is lost");

  private final World world;

  /** Those of which no failure has been noted: whether all tasks have to start again. */
  private final Map<String, Boolean> unnoted = new HashMap<>();

  private boolean mayAllStop;
  private int failures;

  Losses(World world) {
    this.world = world;
  }

  /** Another process begins, with task managers that have the same ids. */
  void startProcess() {
    unnoted.clear();
  }

  /** The job was asked to stop behind a savepoint: all its tasks do that, or none. */
  void allMayStop() {
    mayAllStop = true;
  }

  void lost(TaskManagerId taskManager, boolean isAllLost) {
    unnoted.put(taskManager.toString(), isAllLost);
  }

  /** A failure is noted. */
  void noted(FailureRecord failure) {
    Matcher loss = NOTED.matcher(failure.stackTrace());
    if (!loss.find()) {
      return;
    }
    failures++;
    Boolean isAllLost = unnoted.remove(loss.group(1));
    if (isAllLost == null) {
      world.violated("the loss of " + loss.group(1) + " is more than one failure");
    } else if (failure.failover() == FailoverScope.JOB && !isAllLost && !mayAllStop) {
      world.violated("with " + loss.group(1) + ", tasks start again that no channel joins to it");
    }
  }

  /** How many losses were a failure of the job. */
  int failures() {
    return failures;
  }
}
