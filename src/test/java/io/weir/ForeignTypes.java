package io.weir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the types of other people's libraries may be used. */
final class ForeignTypes {
  private static final List<String> ENTERPRISE =
      List.of("catalog", "metrics", "rest", "flink", "server");

  /** By the beginning of their names: the packages below {@code io.weir} that are their home. */
  static final Map<String, List<String>> HOMES = homes();

  private ForeignTypes() {}

  private static Map<String, List<String>> homes() {
    Map<String, List<String>> homes = new LinkedHashMap<>();
    homes.put("jakarta.transaction", with(ENTERPRISE, "connector.jdbc", "connector.jms"));
    homes.put("jakarta.jms", with(ENTERPRISE, "connector.jms"));
    homes.put("jakarta", ENTERPRISE);
    homes.put("org.eclipse.microprofile", ENTERPRISE);
    homes.put("org.rocksdb", List.of("state.rocksdb"));
    homes.put("net.jpountz", List.of("state"));
    homes.put("software.amazon", List.of("storage.s3"));
    homes.put("org.reactivestreams", List.of("storage.s3"));
    homes.put("org.apache.hadoop", List.of("storage.hdfs"));
    homes.put("com.google", List.of("storage.gs"));
    homes.put("org.apache.kafka", List.of("connector.kafka"));
    homes.put("org.apache.flink", List.of("flink"));
    homes.put("org.hibernate", List.of("catalog", "server"));
    homes.put("org.snakeyaml", List.of("server"));
    homes.put("org.flywaydb", List.of("catalog", "server"));
    homes.put("org.h2", List.of("catalog", "server"));
    homes.put("com.fasterxml.jackson", List.of("snapshot", "serial", "catalog", "rest"));
    homes.put("org.jctools", List.of("engine", "job"));
    homes.put(
        "org.slf4j",
        List.of(
            "serial",
            "storage",
            "state",
            "engine",
            "connector",
            "job",
            "inspect",
            "catalog",
            "metrics",
            "rest",
            "flink",
            "server",
            "demo"));
    return homes;
  }

  private static List<String> with(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  /** The most specific of the table's prefixes that a class name begins with, or null. */
  static String prefixOf(String className) {
    String found = null;
    for (String prefix : HOMES.keySet()) {
      if (className.startsWith(prefix + ".")
          && (found == null || prefix.length() > found.length())) {
        found = prefix;
      }
    }
    return found;
  }

  static boolean isAtHome(String packageName, String prefix) {
    return HOMES.get(prefix).stream()
        .map(home -> "io.weir." + home)
        .anyMatch(home -> packageName.equals(home) || packageName.startsWith(home + "."));
  }
}
