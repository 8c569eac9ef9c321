package io.weir.config;

import io.weir.config.ConfigFinding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All options that are known, by present and older key. Immutable. */
public final class ConfigCatalog {
  private static final ConfigCatalog WEIR =
      new ConfigCatalog(
          List.of(
              OptionGroup.of(
                  "Checkpointing",
                  "When checkpoints are taken, how, and where they go.",
                  CheckpointingOptions.class),
              OptionGroup.of(
                  "Scheduled savepoints",
                  "Savepoints that a job takes by itself.",
                  SavepointOptions.class),
              OptionGroup.of(
                  "State recovery",
                  "The snapshot from which a job starts.",
                  StateRecoveryOptions.class),
              OptionGroup.of(
                  "Restart strategy",
                  "Whether and when a failed job starts again.",
                  RestartStrategyOptions.class),
              OptionGroup.of(
                  "Failover",
                  "How much of a job restarts after a failure.",
                  JobManagerOptions.class),
              OptionGroup.of(
                  "State backend",
                  "Where keyed state lives while a job runs.",
                  StateBackendOptions.class),
              OptionGroup.of(
                  "State tracking",
                  "What is measured of accesses to keyed state.",
                  StateTrackingOptions.class),
              OptionGroup.of("RocksDB", "The RocksDB state backend.", RocksDBOptions.class),
              OptionGroup.of(
                  "RocksDB tuning",
                  "What is passed on to the database, and how it is restored.",
                  RocksDBConfigurableOptions.class),
              OptionGroup.of("Pipeline", "How a program becomes tasks.", PipelineOptions.class),
              OptionGroup.of("Parallelism", "The default for every job.", CoreOptions.class),
              OptionGroup.of(
                  "Execution", "How records move through a job.", ExecutionOptions.class),
              OptionGroup.of(
                  "Task managers",
                  "Where tasks run, and how they are stopped.",
                  TaskManagerOptions.class),
              OptionGroup.of(
                  "S3", "How S3 is reached, for the whole server or process.", S3Options.class),
              OptionGroup.of(
                  "HDFS",
                  "How HDFS is reached, for the whole server or process.",
                  HdfsOptions.class),
              OptionGroup.of(
                  "Google Cloud Storage",
                  "How it is reached, for the whole server or process.",
                  GsOptions.class),
              OptionGroup.of("Sinks", "What all sinks share.", SinkOptions.class),
              OptionGroup.of("REST and page", "How much history is shown.", WebOptions.class)));

  private final List<OptionGroup> groups;
  private final Map<String, ConfigOption<?>> byAnyKey = new HashMap<>();

  /** The names under which the environment has the keys. */
  private final Set<String> variables;

  private ConfigCatalog(List<OptionGroup> groups) {
    this.groups = List.copyOf(groups);
    options().forEach(this::index);
    this.variables =
        byAnyKey.keySet().stream()
            .map(ConfigCatalog::variable)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The options of Weir itself. */
  public static ConfigCatalog weir() {
    return WEIR;
  }

  /** This catalog and the options of, for example, a job. */
  public ConfigCatalog plus(OptionGroup group) {
    List<OptionGroup> all = new ArrayList<>(groups);
    all.add(group);
    return new ConfigCatalog(all);
  }

  private void index(ConfigOption<?> option) {
    Stream.concat(Stream.of(option.key()), option.fallbackKeys().stream())
        .forEach(
            key -> {
              ConfigOption<?> other = byAnyKey.put(key, option);
              if (other != null) {
                throw new IllegalArgumentException(
                    "The key %s belongs to both %s and %s".formatted(key, other, option));
              }
            });
  }

  public List<OptionGroup> groups() {
    return groups;
  }

  public Stream<ConfigOption<?>> options() {
    return groups.stream().flatMap(group -> group.options().stream());
  }

  /** The option with this present or older key. */
  public Optional<ConfigOption<?>> find(String key) {
    return Optional.ofNullable(byAnyKey.get(key));
  }

  /** The known key, present or older, that is spelt most like {@code key}, if one is. */
  public Optional<String> nearest(String key) {
    return KeyDistance.nearest(key, byAnyKey.keySet().stream());
  }

  /**
   * Lays configurations over each other: the last that sets an option wins, whether by its present
   * or an older key. The result has present keys only.
   */
  public Configuration layered(Configuration... lowestFirst) {
    Configuration result = new Configuration();
    for (Configuration layer : lowestFirst) {
      result.addAll(withPresentKeys(layer));
    }
    return result;
  }

  private Configuration withPresentKeys(Configuration layer) {
    Configuration result = new Configuration();
    layer
        .toMap()
        .forEach(
            (key, value) -> {
              ConfigOption<?> option = byAnyKey.get(key);
              if (option == null) {
                result.setString(key, value);
              } else if (key.equals(layer.usedKey(option))) {
                result.setString(option.key(), value);
              }
            });
    return result;
  }

  /**
   * Everything that the author of a configuration should know about it, in the order of the keys.
   */
  public List<ConfigFinding> review(Configuration configuration) {
    List<ConfigFinding> findings = new ArrayList<>();
    configuration.toMap().forEach((key, text) -> findings.addAll(review(configuration, key, text)));
    if (findings.stream().noneMatch(finding -> finding.kind() == Kind.INVALID)) {
      findings.addAll(OptionRelations.check(configuration));
    }
    return findings;
  }

  private List<ConfigFinding> review(Configuration configuration, String key, String text) {
    ConfigOption<?> option = byAnyKey.get(key);
    if (option == null) {
      return List.of(FlinkOnlyKeys.explain(key).orElseGet(() -> unknown(key)));
    }
    String used = configuration.usedKey(option);
    if (!key.equals(used)) {
      return List.of(
          new ConfigFinding(
              Kind.HIDDEN,
              key,
              "%s has no effect because %s is set. Remove it.".formatted(key, used)));
    }
    List<ConfigFinding> findings = new ArrayList<>();
    if (!key.equals(option.key())) {
      findings.add(
          new ConfigFinding(
              Kind.OLDER_KEY, key, "%s works; its present name is %s.".formatted(key, option)));
    }
    try {
      Object value = option.parse(key, text);
      option
          .whyWithoutEffect()
          .filter(why -> !value.equals(option.defaultValue()))
          .map(why -> new ConfigFinding(Kind.WITHOUT_EFFECT, key, key + " has no effect: " + why))
          .ifPresent(findings::add);
    } catch (IllegalConfigurationException e) {
      findings.add(new ConfigFinding(Kind.INVALID, key, e.getMessage()));
    }
    return findings;
  }

  private ConfigFinding unknown(String key) {
    String hint =
        nearest(key)
            .map(nearest -> "Did you mean " + nearest + "?")
            .orElse("See the configuration page for all keys.");
    return new ConfigFinding(Kind.UNKNOWN, key, "%s is not a known key. %s".formatted(key, hint));
  }

  /**
   * What is wrong with the name of an environment variable, if it looks like a slip in that of a
   * known key: {@code EXECUTION_CHECKPOINTING_INTERVAL} is {@code
   * execution.checkpointing.interval}.
   */
  public Optional<ConfigFinding> reviewVariable(String name) {
    return variables.contains(name)
        ? Optional.empty()
        : KeyDistance.nearest(name, variables.stream())
            .map(
                nearest ->
                    new ConfigFinding(
                        Kind.UNKNOWN,
                        name,
                        "The environment variable %s is not a known key. Did you mean %s?"
                            .formatted(name, nearest)));
  }

  /** The name under which the environment has a key, as MicroProfile Config looks for it. */
  private static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}
