package io.weir;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The packages below {@code io.weir}, by layer, and the arrows that are allowed between them. */
final class Layers {
  private static final List<Set<String>> LAYERS =
      List.of(
          Set.of("api", "config", "snapshot"),
          Set.of("plan", "barrier", "checkpoint", "restore", "restart"),
          Set.of("serial", "state", "storage"),
          Set.of("engine", "connector"),
          Set.of("job", "inspect"),
          Set.of("catalog", "metrics", "rest", "flink"),
          Set.of("server"));

  /** Arrows within a layer. */
  private static final Map<String, Set<String>> BESIDE =
      Map.of("api", Set.of("config"), "restore", Set.of("plan"), "state", Set.of("serial"));

  /** The demo is a job author's code: it sees what a job author sees. */
  private static final String DEMO = "demo";

  private static final Set<String> FOR_JOB_AUTHORS = Set.of("api", "connector", "config");

  /** The layer whose packages make decisions and have no effects. */
  static final Set<String> PURE = LAYERS.get(1);

  private Layers() {}

  /** For each package, those that it may import. */
  static Map<String, Set<String>> allowed() {
    Map<String, Set<String>> allowed = new LinkedHashMap<>();
    Set<String> below = new TreeSet<>();
    for (Set<String> layer : LAYERS) {
      for (String each : new TreeSet<>(layer)) {
        Set<String> reachable = new TreeSet<>(below);
        reachable.addAll(BESIDE.getOrDefault(each, Set.of()));
        allowed.put(each, reachable);
      }
      below.addAll(layer);
    }
    allowed.get("server").add(DEMO);
    allowed.put(DEMO, new TreeSet<>(FOR_JOB_AUTHORS));
    return allowed;
  }

  /** The pattern of a package and those below it, for ArchUnit. */
  static String tree(String name) {
    return "io.weir." + name + "..";
  }

  static String[] trees(Set<String> names) {
    return names.stream().map(Layers::tree).toArray(String[]::new);
  }
}
