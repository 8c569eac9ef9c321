package io.weir.plan;

import io.weir.snapshot.TaskId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which of its slots each task of a job runs in: within a slot sharing group, subtask i of every
 * vertex is in the group's slot i, so that a group needs as many slots as its largest parallelism.
 *
 * @param slots how many the job needs
 * @param slotOf from 0
 */
public record SlotSharing(int slots, Map<TaskId, Integer> slotOf) {
  public SlotSharing {
    slotOf = Map.copyOf(slotOf);
  }

  public static SlotSharing of(JobPlan plan) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    plan.vertices()
        .forEach(each -> sizes.merge(each.slotSharingGroup(), each.parallelism(), Math::max));
    Map<TaskId, Integer> slotOf = new LinkedHashMap<>();
    int first = 0;
    for (Map.Entry<String, Integer> group : sizes.entrySet()) {
      for (PlannedVertex vertex : plan.vertices()) {
        if (vertex.slotSharingGroup().equals(group.getKey())) {
          for (int subtask = 0; subtask < vertex.parallelism(); subtask++) {
            slotOf.put(new TaskId(vertex.id(), subtask), first + subtask);
          }
        }
      }
      first += group.getValue();
    }
    return new SlotSharing(first, slotOf);
  }
}
