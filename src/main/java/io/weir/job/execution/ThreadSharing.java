package io.weir.job.execution;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.weir.config.ThreadPer;
import io.weir.engine.Task;
import io.weir.plan.JobPlan;
import io.weir.plan.PipelinedRegions;
import io.weir.plan.SlotSharing;
import io.weir.snapshot.TaskId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tasks of a job have a thread together: each its own, or those of a slot that also fail
 * together. Tasks that no channel joins never share one, because the thread of a task that is
 * canceled may be interrupted, which must not strike a task that goes on. Immutable.
 */
public final class ThreadSharing {
  private final Map<TaskId, Share> shareOf;

  /** Tasks with the same one have a thread together. */
  private record Share(int slot, int part) {}

  private ThreadSharing(Map<TaskId, Share> shareOf) {
    this.shareOf = Map.copyOf(shareOf);
  }

  public static ThreadSharing of(JobPlan plan, ThreadPer threadPer) {
    Map<TaskId, Integer> slotOf = SlotSharing.of(plan).slotOf();
    Map<TaskId, Share> shareOf = new HashMap<>();
    int part = 0;
    for (Collection<TaskId> region : PipelinedRegions.of(plan).regions()) {
      for (TaskId task : region) {
        shareOf.put(task, new Share(slotOf.get(task), part));
        if (threadPer == ThreadPer.TASK) {
          part++;
        }
      }
      part++;
    }
    return new ThreadSharing(shareOf);
  }

  /** Those that have a thread together, each in the order given. */
  Collection<List<Task>> groups(Collection<Task> tasks) {
    return tasks.stream()
        .collect(
            groupingBy(task -> shareOf.get(task.attempt().task()), LinkedHashMap::new, toList()))
        .values();
  }
}
