package io.weir.plan;

import io.weir.snapshot.TaskId;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parts of a job that no channel joins: the tasks of one can fail and start again while those
 * of all others run on. Immutable.
 *
 * @param regions each task is in one; in the order of the plan
 */
public record PipelinedRegions(List<Set<TaskId>> regions) {
  public PipelinedRegions {
    regions =
        regions.stream()
            .map(region -> Collections.unmodifiableSet(new LinkedHashSet<>(region)))
            .toList();
  }

  /** All tasks as one region, whatever joins them. */
  public static PipelinedRegions whole(JobPlan plan) {
    Set<TaskId> tasks = new LinkedHashSet<>();
    plan.vertices().forEach(vertex -> tasks.addAll(tasks(vertex)));
    return new PipelinedRegions(List.of(tasks));
  }

  /** As the plan's edges join the tasks. */
  public static PipelinedRegions of(JobPlan plan) {
    Union union = new Union();
    plan.edges().forEach(edge -> union.join(plan, edge));
    Map<TaskId, Set<TaskId>> byRoot = new LinkedHashMap<>();
    for (PlannedVertex vertex : plan.vertices()) {
      for (TaskId task : tasks(vertex)) {
        byRoot.computeIfAbsent(union.rootOf(task), unused -> new LinkedHashSet<>()).add(task);
      }
    }
    return new PipelinedRegions(List.copyOf(byRoot.values()));
  }

  private static Set<TaskId> tasks(PlannedVertex vertex) {
    Set<TaskId> tasks = new LinkedHashSet<>();
    for (int subtask = 0; subtask < vertex.parallelism(); subtask++) {
      tasks.add(new TaskId(vertex.id(), subtask));
    }
    return tasks;
  }

  /** All tasks of the job. */
  public Set<TaskId> all() {
    Set<TaskId> all = new LinkedHashSet<>();
    regions.forEach(all::addAll);
    return Collections.unmodifiableSet(all);
  }

  /**
   * The region of a task.
   *
   * @throws IllegalArgumentException if the job has no such task
   */
  public Set<TaskId> of(TaskId task) {
    return regions.stream()
        .filter(region -> region.contains(task))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the job has no task " + task));
  }

  /** Sets of tasks, each named by one of its members, that grow together. */
  private static final class Union {
    private final Map<TaskId, TaskId> parents = new HashMap<>();

    void join(JobPlan plan, PlannedEdge edge) {
      int producers = plan.vertex(edge.source()).parallelism();
      int consumers = plan.vertex(edge.target()).parallelism();
      for (int producer = 0; producer < producers; producer++) {
        for (int consumer = 0; consumer < consumers; consumer++) {
          if (Distribution.joins(edge.partitioning(), producer, producers, consumer, consumers)) {
            join(new TaskId(edge.source(), producer), new TaskId(edge.target(), consumer));
          }
        }
      }
    }

    private void join(TaskId one, TaskId other) {
      parents.put(rootOf(one), rootOf(other));
    }

    TaskId rootOf(TaskId task) {
      TaskId root = task;
      TaskId parent = parents.getOrDefault(root, root);
      while (!parent.equals(root)) {
        root = parent;
        parent = parents.getOrDefault(root, root);
      }
      parents.put(task, root);
      return root;
    }
  }
}
