package io.weir.plan;

import io.weir.config.TaskManagerOptions;
import io.weir.snapshot.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The task managers of a server and their slots: which job has which. Immutable: every change gives
 * another pool.
 *
 * @param slotsEach the slots of one task manager; empty if it has as many as jobs need
 * @param taskManagers by number
 * @param allocations for each slot of a job, the index of its task manager
 */
public record SlotPool(
    OptionalInt slotsEach,
    List<TaskManagerId> taskManagers,
    Map<JobId, List<Integer>> allocations) {
  public SlotPool {
    taskManagers = List.copyOf(taskManagers);
    allocations = Map.copyOf(allocations);
  }

  /** All slots are free. */
  public static SlotPool of(int taskManagers, OptionalInt slotsEach) {
    return new SlotPool(
        slotsEach,
        IntStream.rangeClosed(1, taskManagers).mapToObj(i -> new TaskManagerId(i, 1)).toList(),
        Map.of());
  }

  /**
   * Gives a job its slots, spread evenly: each is in the task manager that has the fewest in use,
   * among equals the one with the lowest number.
   *
   * @throws NoResourceAvailableException if not so many are free
   */
  public SlotPool allocate(JobId job, int slots) throws NoResourceAvailableException {
    if (slotsEach.isPresent() && slots > free()) {
      throw new NoResourceAvailableException(
          "It needs %d slots (the largest parallelism of each slot sharing group), and %d of %d are free (%s: %d, %s: %d). Lower its parallelism, end another job, or raise one of the two."
              .formatted(
                  slots,
                  free(),
                  total(),
                  TaskManagerOptions.NUM_TASK_MANAGERS.key(),
                  taskManagers.size(),
                  TaskManagerOptions.NUM_TASK_SLOTS.key(),
                  slotsEach.getAsInt()));
    }
    int[] used = IntStream.range(0, taskManagers.size()).map(this::used).toArray();
    List<Integer> chosen = new ArrayList<>();
    for (int slot = 0; slot < slots; slot++) {
      int least = 0;
      for (int i = 1; i < used.length; i++) {
        if (used[i] < used[least]) {
          least = i;
        }
      }
      used[least]++;
      chosen.add(least);
    }
    Map<JobId, List<Integer>> changed = new HashMap<>(allocations);
    changed.put(job, List.copyOf(chosen));
    return new SlotPool(slotsEach, taskManagers, changed);
  }

  /** The job's slots are free again. */
  public SlotPool release(JobId job) {
    Map<JobId, List<Integer>> changed = new HashMap<>(allocations);
    changed.remove(job);
    return new SlotPool(slotsEach, taskManagers, changed);
  }

  /** A task manager is lost, and another takes its place: jobs keep their slots there. */
  public SlotPool replace(TaskManagerId lost) {
    List<TaskManagerId> changed = new ArrayList<>(taskManagers);
    changed.replaceAll(each -> each.equals(lost) ? each.next() : each);
    return new SlotPool(slotsEach, changed, allocations);
  }

  /** Where a slot of a job is at present. */
  public TaskManagerId taskManagerOf(JobId job, int slot) {
    return taskManagers.get(allocations.get(job).get(slot));
  }

  /** Slots of one task manager that jobs have. */
  public int used(TaskManagerId taskManager) {
    return used(taskManagers.indexOf(taskManager));
  }

  private int used(int index) {
    return (int)
        allocations.values().stream().flatMap(List::stream).filter(each -> each == index).count();
  }

  /** Slots of one task manager. */
  public int slots(TaskManagerId taskManager) {
    return slotsEach.orElse(used(taskManager));
  }

  /** All slots. */
  public int total() {
    return taskManagers.stream().mapToInt(this::slots).sum();
  }

  /** Slots that no job has; none if there are as many as jobs need. */
  public int free() {
    return total() - taskManagers.stream().mapToInt(this::used).sum();
  }
}
