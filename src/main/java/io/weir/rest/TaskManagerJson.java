package io.weir.rest;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.job.execution.JobView;
import io.weir.plan.SlotPool;
import io.weir.plan.SlotSharing;
import io.weir.plan.TaskManagerId;
import io.weir.snapshot.TaskId;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A task manager of this server: slots are its own, processors and memory those of the server. What
 * Flink divides memory into does not exist here and is 0, as is the memory of the machine, which
 * Java does not tell.
 */
final class TaskManagerJson {
  private static final long BYTES_PER_MEBIBYTE = 1L << 20;
  private static final int NO_PORT = -1;

  private TaskManagerJson() {}

  static ObjectNode of(TaskManagerId id, SlotPool slots, List<JobView> jobs, long nowMillis) {
    Runtime process = Runtime.getRuntime();
    long heap = process.maxMemory();
    ObjectNode manager =
        Json.object()
            .put("id", id.toString())
            .put("path", ThisServer.ENDPOINT)
            .put("dataPort", NO_PORT)
            .put("jmxPort", NO_PORT)
            .put("timeSinceLastHeartbeat", nowMillis)
            .put("slotsNumber", slots.slots(id))
            .put("freeSlots", slots.slots(id) - slots.used(id))
            .put(
                "assignedTasks",
                jobs.stream().mapToLong(job -> runningTasks(id, job).count()).sum());
    manager.set("totalResource", resource(process.availableProcessors(), heap));
    manager.set("freeResource", resource(0, 0));
    manager
        .putObject("hardware")
        .put("cpuCores", process.availableProcessors())
        .put("physicalMemory", 0)
        .put("freeMemory", heap)
        .put("managedMemory", 0);
    manager
        .putObject("memoryConfiguration")
        .put("frameworkHeap", 0)
        .put("taskHeap", heap)
        .put("frameworkOffHeap", 0)
        .put("taskOffHeap", 0)
        .put("networkMemory", 0)
        .put("managedMemory", 0)
        .put("jvmMetaspace", 0)
        .put("jvmOverhead", 0)
        .put("totalFlinkMemory", heap)
        .put("totalProcessMemory", heap);
    return manager;
  }

  private static ObjectNode resource(int cores, long heapBytes) {
    ObjectNode resource =
        Json.object()
            .put("cpuCores", cores)
            .put("taskHeapMemory", heapBytes / BYTES_PER_MEBIBYTE)
            .put("taskOffHeapMemory", 0)
            .put("managedMemory", 0)
            .put("networkMemory", 0);
    resource.putObject("extendedResources");
    return resource;
  }

  private static Stream<TaskId> runningTasks(TaskManagerId id, JobView job) {
    return job.tasks().stream()
        .filter(task -> !task.state().isTerminal())
        .map(task -> task.attempt().task())
        .filter(task -> job.taskManagers().get(task).equals(id));
  }

  static ObjectNode details(TaskManagerId id, SlotPool slots, List<JobView> jobs, long nowMillis) {
    ObjectNode manager = of(id, slots, jobs, nowMillis);
    ArrayNode allocated = manager.putArray("allocatedSlots");
    for (JobView job : jobs) {
      Map<TaskId, Integer> slotOf = SlotSharing.of(job.plan()).slotOf();
      Map<Integer, Long> tasks =
          runningTasks(id, job).collect(groupingBy(slotOf::get, TreeMap::new, counting()));
      for (long count : tasks.values()) {
        ObjectNode slot = allocated.addObject().put("jobId", job.id().toString());
        slot.set("resource", resource(0, 0));
        slot.put("assignedTasks", count);
      }
    }
    manager.set("metrics", metrics());
    return manager;
  }

  private static ObjectNode metrics() {
    Map<String, Object> values = ProcessMetrics.now();
    ObjectNode metrics = Json.object();
    copy(values, "Status.JVM.Memory.Heap.", "heap", List.of("Used", "Committed", "Max"), metrics);
    copy(
        values,
        "Status.JVM.Memory.NonHeap.",
        "nonHeap",
        List.of("Used", "Committed", "Max"),
        metrics);
    for (String kind : List.of("Direct", "Mapped")) {
      String prefix = "Status.JVM.Memory." + kind + ".";
      String name = kind.toLowerCase(Locale.ROOT);
      metrics
          .put(name + "Count", number(values, prefix + "Count"))
          .put(name + "Used", number(values, prefix + "MemoryUsed"))
          .put(name + "Max", number(values, prefix + "TotalCapacity"));
    }
    for (String each :
        List.of(
            "nettyShuffleMemorySegmentsAvailable",
            "nettyShuffleMemorySegmentsUsed",
            "nettyShuffleMemorySegmentsTotal",
            "nettyShuffleMemoryAvailable",
            "nettyShuffleMemoryUsed",
            "nettyShuffleMemoryTotal")) {
      metrics.put(each, 0);
    }
    ArrayNode collectors = metrics.putArray("garbageCollectors");
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      collectors
          .addObject()
          .put("name", each.getName().replace(' ', '_'))
          .put("count", each.getCollectionCount())
          .put("time", each.getCollectionTime());
    }
    return metrics;
  }

  private static void copy(
      Map<String, Object> values,
      String prefix,
      String name,
      List<String> figures,
      ObjectNode target) {
    figures.forEach(figure -> target.put(name + figure, number(values, prefix + figure)));
  }

  private static long number(Map<String, Object> values, String name) {
    return values.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
