package io.weir.server;

import io.weir.config.ConfigCatalog;
import io.weir.config.ConfigFinding;
import io.weir.config.ConfigOption;
import io.weir.config.Configuration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the server's sources of configuration say to Weir.
 *
 * <p>Every known key is asked for, because an environment variable answers to {@code
 * EXECUTION_CHECKPOINTING_INTERVAL} but cannot be listed under its real name. What is listed and
 * begins with {@code jobs.} is taken as it is.
 */
final class ServerConfiguration {
  static final String AUTOSTART = "weir.jobs.autostart";
  static final String DATA_DIRECTORY = "weir.data.dir";
  static final String SERVER_ID = "weir.server.id";
  static final String LOOPBACK_ROLE = "weir.security.loopback";

  private static final String OWN_PREFIX = "weir.";
  private static final Set<String> OWN_KEYS =
      Set.of(AUTOSTART, DATA_DIRECTORY, SERVER_ID, LOOPBACK_ROLE);
  private static final String JOBS = "jobs.";
  private static final String ENABLED = ".enabled";
  private static final String ALL = "all";
  private static final String NONE = "none";

  private final Function<String, Optional<String>> source;
  private final Set<String> listedKeys;
  private final ConfigCatalog options;

  /**
   * Reads nothing yet.
   *
   * @param source gives the value of a key
   * @param listedKeys the keys that can be listed, also those of others
   */
  ServerConfiguration(
      Function<String, Optional<String>> source, Set<String> listedKeys, ConfigCatalog options) {
    this.source = source;
    this.listedKeys = listedKeys;
    this.options = options;
  }

  Optional<String> value(String key) {
    return source.apply(key);
  }

  /** The settings for all jobs, and below {@code jobs.<name>.} those for one. */
  Configuration forJobs(Collection<String> jobNames) {
    Configuration configuration = new Configuration();
    listedKeys.stream()
        .filter(key -> key.startsWith(JOBS) && !isSwitch(key, jobNames))
        .forEach(key -> copy(key, configuration));
    options
        .options()
        .flatMap(ServerConfiguration::keys)
        .forEach(
            key -> {
              copy(key, configuration);
              jobNames.forEach(name -> copy(JOBS + name + "." + key, configuration));
            });
    return configuration;
  }

  private static boolean isSwitch(String key, Collection<String> jobNames) {
    return jobNames.stream().anyMatch(name -> key.equals(JOBS + name + ENABLED));
  }

  private static Stream<String> keys(ConfigOption<?> option) {
    return Stream.concat(Stream.of(option.key()), option.fallbackKeys().stream());
  }

  private void copy(String key, Configuration target) {
    source.apply(key).ifPresent(value -> target.setString(key, value));
  }

  /**
   * What the author of a configuration file should know about it.
   *
   * @param fileKeys the keys of the file
   */
  List<String> review(Set<String> fileKeys, Collection<String> jobNames) {
    List<String> sentences = new ArrayList<>();
    Configuration global = new Configuration();
    for (String key : new TreeSet<>(fileKeys)) {
      if (key.startsWith(JOBS)) {
        reviewJobKey(key, jobNames).ifPresent(sentences::add);
      } else if (key.startsWith(OWN_PREFIX)) {
        if (!OWN_KEYS.contains(key)) {
          sentences.add(
              "%s is not a known key. There are %s.".formatted(key, new TreeSet<>(OWN_KEYS)));
        }
      } else {
        copy(key, global);
      }
    }
    options.review(global).stream().map(ConfigFinding::message).forEach(sentences::add);
    Set<String> strangers = autostart();
    strangers.removeAll(jobNames);
    strangers.removeAll(Set.of(ALL, NONE));
    strangers.forEach(
        name ->
            sentences.add(
                "%s names '%s', and no job of this server has that name. There are %s."
                    .formatted(AUTOSTART, name, new TreeSet<>(jobNames))));
    return sentences;
  }

  private static Optional<String> reviewJobKey(String key, Collection<String> jobNames) {
    boolean known = jobNames.stream().anyMatch(name -> key.startsWith(JOBS + name + "."));
    return known
        ? Optional.empty()
        : Optional.of(
            "%s has no effect: no job of this server has that name. There are %s."
                .formatted(key, new TreeSet<>(jobNames)));
  }

  /**
   * Which of these jobs are to start with the server: those that the configuration names, and those
   * that it has not switched off and that have to go on.
   *
   * @param unfinished jobs that ran when the server came to its end
   * @throws IllegalArgumentException if that is configured in a way that cannot be understood
   */
  List<String> toStart(Collection<String> jobNames, Collection<String> unfinished) {
    Set<String> named = autostart();
    return jobNames.stream()
        .filter(
            name ->
                isEnabled(name)
                    .orElse(
                        named.contains(ALL) || named.contains(name) || unfinished.contains(name)))
        .sorted()
        .toList();
  }

  /** What stands there, taken apart at the commas. */
  private Set<String> autostart() {
    String names = source.apply(AUTOSTART).orElse(ALL).strip();
    return new TreeSet<>(List.of(names.split("\\s*,\\s*", -1)));
  }

  private Optional<Boolean> isEnabled(String jobName) {
    String key = JOBS + jobName + ENABLED;
    return source
        .apply(key)
        .map(
            value ->
                switch (value.strip()) {
                  case "true" -> true;
                  case "false" -> false;
                  default ->
                      throw new IllegalArgumentException(
                          "%s is '%s'. Allowed: true, false.".formatted(key, value));
                });
  }
}
