package io.weir.config;

import io.weir.config.ConfigFinding.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Keys of a Flink cluster that mean nothing in a Jakarta EE server, so that a configuration brought
 * from Flink gets an explanation for them instead of "unknown".
 */
final class FlinkOnlyKeys {
  private record Family(Kind kind, String why, List<String> prefixes) {}

  private static final List<Family> FAMILIES =
      List.of(
          new Family(
              Kind.UNSUPPORTED,
              "Weir has no queryable state. Write what others want to read to a sink, and remove the"
                  + " key.",
              List.of("queryable-state.")),
          new Family(
              Kind.WITHOUT_EFFECT,
              "Processes, memory and network belong to the Jakarta EE server.",
              List.of(
                  "jobmanager.memory.",
                  "jobmanager.rpc.",
                  "jobmanager.bind-host",
                  "taskmanager.memory.",
                  "taskmanager.network.",
                  "taskmanager.host",
                  "taskmanager.bind-host",
                  "taskmanager.rpc.",
                  "cluster.",
                  "slotmanager.",
                  "resourcemanager.",
                  "heartbeat.",
                  "akka.",
                  "pekko.",
                  "blob.",
                  "env.",
                  "io.tmp.dirs",
                  "kubernetes.",
                  "yarn.",
                  "process.",
                  "historyserver.",
                  "client.")),
          new Family(
              Kind.WITHOUT_EFFECT,
              "Who runs a job is decided by the lease in Weir's catalog.",
              List.of("high-availability", "zookeeper.")),
          new Family(
              Kind.WITHOUT_EFFECT,
              "Ports, addresses, certificates and users are configured in server.xml.",
              List.of("rest.", "web.submit.", "web.cancel.", "web.upload.", "security.")),
          new Family(
              Kind.WITHOUT_EFFECT,
              "Metrics and traces leave the server through MicroProfile.",
              List.of("metrics.", "traces.", "events.")),
          new Family(
              Kind.WITHOUT_EFFECT,
              "The name of a state is always a part of the names of its figures.",
              List.of(
                  "state.latency-track.state-name-as-variable",
                  "state.size-track.state-name-as-variable")),
          new Family(
              Kind.WITHOUT_EFFECT,
              "Weir shows a fixed set of RocksDB figures and leaves compaction to the database.",
              List.of(
                  "state.backend.rocksdb.metrics.", "state.backend.rocksdb.manual-compaction.")),
          new Family(
              Kind.WITHOUT_EFFECT,
              "It tunes a mechanism that Weir does not have.",
              List.of("execution.checkpointing.during-recovery.")),
          new Family(
              Kind.WITHOUT_EFFECT,
              "Weir keeps no changelog of state; use rocksdb with incremental checkpoints.",
              List.of("state.changelog.", "dstl.")),
          new Family(
              Kind.WITHOUT_EFFECT,
              "Weir runs DataStream programs and schedules all tasks of a job at once.",
              List.of(
                  "table.",
                  "sql.",
                  "python.",
                  "jobmanager.adaptive-scheduler.",
                  "jobmanager.scheduler",
                  "scheduler-mode",
                  "execution.batch.",
                  "cleanup-strategy")));

  private FlinkOnlyKeys() {}

  static Optional<ConfigFinding> explain(String key) {
    return FAMILIES.stream()
        .filter(family -> family.prefixes.stream().anyMatch(key::startsWith))
        .map(family -> new ConfigFinding(family.kind, key, key + ": " + family.why))
        .findFirst();
  }
}
