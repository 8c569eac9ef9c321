package io.weir.config;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Configured values by key, as texts; an {@link ConfigOption} gives them a type. An option is
 * looked up by its key, then by its older keys, and if none is set the default counts.
 *
 * <p>To lay one configuration over another (a job's over the server's) use {@link
 * ConfigCatalog#layered}: it knows which older and present keys mean the same.
 */
public final class Configuration implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Sorted, so that all that is derived from a configuration is in a reproducible order. */
  private final TreeMap<String, String> values = new TreeMap<>();

  public Configuration() {}

  public Configuration(Configuration other) {
    addAll(other);
  }

  public static Configuration fromMap(Map<String, String> values) {
    Configuration configuration = new Configuration();
    values.forEach(configuration::setString);
    return configuration;
  }

  /**
   * The value of an option, or its default, or null if it has neither.
   *
   * @throws IllegalConfigurationException if the configured text is not an allowed value
   */
  public <T> T get(ConfigOption<T> option) {
    return getOptional(option).orElse(option.defaultValue());
  }

  /** The value of an option, or {@code otherwise} where it is not set. */
  public <T> T get(ConfigOption<T> option, T otherwise) {
    return getOptional(option).orElse(otherwise);
  }

  /** The value of an option, if it is set; the default does not count. */
  public <T> Optional<T> getOptional(ConfigOption<T> option) {
    String key = usedKey(option);
    return key == null ? Optional.empty() : Optional.of(option.parse(key, values.get(key)));
  }

  /**
   * Sets an option.
   *
   * @throws IllegalConfigurationException if the value is not allowed
   */
  public <T> Configuration set(ConfigOption<T> option, T value) {
    return setString(option.key(), option.format(Objects.requireNonNull(value, option.key())));
  }

  /** Sets a text; it is checked when an option reads it. */
  public Configuration setString(String key, String value) {
    values.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, key));
    return this;
  }

  /** The text under exactly this key, or {@code otherwise}. */
  public String getString(String key, String otherwise) {
    return values.getOrDefault(key, otherwise);
  }

  public boolean contains(ConfigOption<?> option) {
    return usedKey(option) != null;
  }

  public boolean containsKey(String key) {
    return values.containsKey(key);
  }

  /** Forgets an option under its key and its older keys. */
  public Configuration remove(ConfigOption<?> option) {
    values.remove(option.key());
    option.fallbackKeys().forEach(values::remove);
    return this;
  }

  /** Takes over every text of {@code other}, key by key; on the same key {@code other} wins. */
  public Configuration addAll(Configuration other) {
    values.putAll(other.values);
    return this;
  }

  /** What stands below {@code prefix}, with the prefix cut off: {@code subset("jobs.demo.")}. */
  public Configuration subset(String prefix) {
    Configuration subset = new Configuration();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix) && key.length() > prefix.length()) {
            subset.setString(key.substring(prefix.length()), value);
          }
        });
    return subset;
  }

  /** The keys that are set, sorted; a copy. */
  public Set<String> keySet() {
    return toMap().keySet();
  }

  /** The texts by key, sorted; a copy. */
  public Map<String, String> toMap() {
    return new TreeMap<>(values);
  }

  /** The texts by key, sorted, for logs, records and pages: what is secret is hidden. */
  public Map<String, String> toMapWithoutSecrets() {
    Map<String, String> shown = toMap();
    shown.replaceAll((key, value) -> SecretKeys.isSecret(key) ? SecretKeys.HIDDEN : value);
    return shown;
  }

  /** The key under which an option is set and read, present or older; null if it is not set. */
  String usedKey(ConfigOption<?> option) {
    if (values.containsKey(option.key())) {
      return option.key();
    }
    return option.fallbackKeys().stream().filter(values::containsKey).findFirst().orElse(null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Configuration that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return toMapWithoutSecrets().toString();
  }
}
