package io.weir.rest;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.util.LinkedHashMap;
import java.util.Map;

/** Metrics of the Java process under Flink's names. */
final class ProcessMetrics {

  private ProcessMetrics() {}

  static Map<String, Object> now() {
    Map<String, Object> metrics = new LinkedHashMap<>();
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory("Status.JVM.Memory.Heap.", memory.getHeapMemoryUsage(), metrics);
    memory("Status.JVM.Memory.NonHeap.", memory.getNonHeapMemoryUsage(), metrics);
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      String prefix =
          switch (pool.getName()) {
            case "direct" -> "Status.JVM.Memory.Direct.";
            case "mapped" -> "Status.JVM.Memory.Mapped.";
            default -> "";
          };
      if (!prefix.isEmpty()) {
        metrics.put(prefix + "Count", pool.getCount());
        metrics.put(prefix + "MemoryUsed", pool.getMemoryUsed());
        metrics.put(prefix + "TotalCapacity", pool.getTotalCapacity());
      }
    }
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      String prefix = "Status.JVM.GarbageCollector." + collector.getName().replace(' ', '_') + ".";
      metrics.put(prefix + "Count", collector.getCollectionCount());
      metrics.put(prefix + "Time", collector.getCollectionTime());
    }
    metrics.put("Status.JVM.Threads.Count", ManagementFactory.getThreadMXBean().getThreadCount());
    metrics.put(
        "Status.JVM.ClassLoader.ClassesLoaded",
        ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
    return metrics;
  }

  private static void memory(String prefix, MemoryUsage usage, Map<String, Object> metrics) {
    metrics.put(prefix + "Used", usage.getUsed());
    metrics.put(prefix + "Committed", usage.getCommitted());
    metrics.put(prefix + "Max", usage.getMax());
  }
}
