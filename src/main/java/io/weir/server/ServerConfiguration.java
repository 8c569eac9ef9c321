package io.weir.server;

import io.weir.config.ConfigCatalog;
import io.weir.config.ConfigFinding;
import io.weir.config.ConfigFinding.Kind;
import io.weir.config.ConfigOption;
import io.weir.config.Configuration;
import io.weir.config.EffectiveConfiguration;
import io.weir.config.ServerOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the server's sources of configuration say to Weir.
 *
 * <p>Every known key is asked for, because an environment variable answers to {@code
 * EXECUTION_CHECKPOINTING_INTERVAL} but cannot be listed under its real name. What is listed and
 * begins with {@code jobs.} is taken as it is.
 */
final class ServerConfiguration {
  /** For an annotation, which takes nothing but a constant. */
  static final String DATA_DIRECTORY = "weir.data.dir";

  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)+");
  private static final String JOBS = "jobs.";
  private static final String ENABLED = ".enabled";
  private static final String ALL = "all";
  private static final String NONE = "none";

  private final Function<String, Optional<SourcedText>> source;
  private final Set<String> listedKeys;
  private final ConfigCatalog ofJobs;
  private final ConfigCatalog all;

  /**
   * Reads nothing yet.
   *
   * @param source gives what is configured under a key
   * @param listedKeys the keys that can be listed, also those of others
   * @param ofJobs the options that a job can have
   */
  ServerConfiguration(
      Function<String, Optional<SourcedText>> source,
      Set<String> listedKeys,
      ConfigCatalog ofJobs) {
    this.source = source;
    this.listedKeys = listedKeys;
    this.ofJobs = ofJobs;
    this.all = ofJobs.plus(ServerOptions.group());
  }

  /** What is configured for an option of the server, or its default, or null. */
  <T> T get(ConfigOption<T> option) {
    return text(option.key()).map(option::parse).orElse(option.defaultValue());
  }

  private Optional<String> text(String key) {
    return source.apply(key).map(SourcedText::text);
  }

  /** The settings for all jobs, and below {@code jobs.<name>.} those for one. */
  Configuration forJobs(Collection<String> jobNames) {
    Configuration configuration = new Configuration();
    listedKeys.stream()
        .filter(key -> key.startsWith(JOBS) && !isSwitch(key, jobNames))
        .forEach(key -> copy(key, configuration));
    ofJobs
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
    text(key).ifPresent(value -> target.setString(key, value));
  }

  /** Everything that is in force, with its sources, and what is to be said about it. */
  EffectiveConfiguration effective(Set<String> fileKeys, Collection<String> jobNames) {
    Set<String> keys = new TreeSet<>(forJobs(jobNames).keySet());
    all.options().flatMap(ServerConfiguration::keys).forEach(keys::add);
    List<EffectiveConfiguration.Entry> entries = new ArrayList<>();
    keys.forEach(key -> entry(key).ifPresent(entries::add));
    return new EffectiveConfiguration(entries, review(fileKeys, jobNames));
  }

  /** Nothing for a key under which nothing is configured, unless it is one with a default. */
  private Optional<EffectiveConfiguration.Entry> entry(String key) {
    Optional<ConfigOption<?>> option = all.find(key);
    String defaultText = option.flatMap(ConfigOption::defaultText).orElse(null);
    Optional<SourcedText> configured = source.apply(key);
    if (configured.isPresent()) {
      return configured.map(
          found ->
              new EffectiveConfiguration.Entry(key, found.text(), defaultText, found.source()));
    }
    boolean isUnset =
        option.isPresent()
            && option.get().key().equals(key)
            && defaultText != null
            && keys(option.get()).noneMatch(each -> source.apply(each).isPresent());
    return isUnset
        ? Optional.of(new EffectiveConfiguration.Entry(key, defaultText, defaultText, null))
        : Optional.empty();
  }

  /**
   * What the author of the configuration should know about it. Of what is not in a file of Weir's
   * only that is looked at which is known, or is spelt much like something that is: the rest
   * belongs to others.
   *
   * @param fileKeys the keys of Weir's files
   */
  List<ConfigFinding> review(Set<String> fileKeys, Collection<String> jobNames) {
    List<ConfigFinding> findings = new ArrayList<>();
    Configuration global = new Configuration();
    for (String key : new TreeSet<>(listedKeys)) {
      if (key.startsWith(JOBS)) {
        reviewJobKey(key, jobNames).ifPresent(findings::add);
      } else if ((fileKeys.contains(key) && !isOfMicroProfile(key)) || isMeant(key)) {
        copy(key, global);
      } else if (VARIABLE.matcher(key).matches()) {
        all.reviewVariable(key).ifPresent(findings::add);
      }
    }
    findings.addAll(all.review(global));
    Set<String> strangers = autostart();
    strangers.removeAll(jobNames);
    strangers.removeAll(Set.of(ALL, NONE));
    String key = ServerOptions.AUTOSTART.key();
    strangers.forEach(
        name ->
            findings.add(
                new ConfigFinding(
                    Kind.INVALID,
                    key,
                    "%s names '%s', and no job of this server has that name. There are %s."
                        .formatted(key, name, new TreeSet<>(jobNames)))));
    return findings;
  }

  /** Such as {@code mp.jwt.verify.issuer}, or those of Fault Tolerance, which name a method. */
  private static boolean isOfMicroProfile(String key) {
    return key.startsWith("mp.") || key.contains("/");
  }

  private boolean isMeant(String key) {
    return all.find(key).isPresent() || all.nearest(key).isPresent();
  }

  /** A job may have options that nobody here knows; what is much like a known one is a slip. */
  private Optional<ConfigFinding> reviewJobKey(String key, Collection<String> jobNames) {
    Optional<String> prefix =
        jobNames.stream().map(name -> JOBS + name + ".").filter(key::startsWith).findFirst();
    if (prefix.isEmpty()) {
      return Optional.of(
          new ConfigFinding(
              Kind.WITHOUT_EFFECT,
              key,
              "%s has no effect: no job of this server has that name. There are %s."
                  .formatted(key, new TreeSet<>(jobNames))));
    }
    String own = key.substring(prefix.get().length());
    return ofJobs.find(own).isPresent()
        ? Optional.empty()
        : ofJobs
            .nearest(own)
            .map(
                nearest ->
                    new ConfigFinding(
                        Kind.UNKNOWN,
                        key,
                        "%s is not a known key. Did you mean %s?"
                            .formatted(key, prefix.get() + nearest)));
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
    String names = get(ServerOptions.AUTOSTART).strip();
    return new TreeSet<>(List.of(names.split("\\s*,\\s*", -1)));
  }

  private Optional<Boolean> isEnabled(String jobName) {
    String key = JOBS + jobName + ENABLED;
    return text(key)
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
