package io.weir.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One option: its key, its type, its default, the older keys that still work, and one sentence
 * about it. Begin with {@link ConfigOptions#key}. Immutable: every {@code with…} method gives a new
 * option.
 *
 * @param <T> the type of the value
 */
public final class ConfigOption<T> {
  private final String key;
  private final ValueType<T> type;
  private final T defaultValue;
  private final List<String> fallbackKeys;
  private final String description;
  private final ValueRules<T> rules;
  private final String whyWithoutEffect;

  private ConfigOption(
      String key,
      ValueType<T> type,
      T defaultValue,
      List<String> fallbackKeys,
      String description,
      ValueRules<T> rules,
      String whyWithoutEffect) {
    this.key = key;
    this.type = type;
    this.defaultValue = defaultValue;
    this.fallbackKeys = fallbackKeys;
    this.description = description;
    this.rules = rules;
    this.whyWithoutEffect = whyWithoutEffect;
  }

  static <T> ConfigOption<T> of(String key, ValueType<T> type, T defaultValue) {
    return new ConfigOption<>(key, type, defaultValue, List.of(), "", ValueRules.none(), null);
  }

  /** Older keys, tried in this order when the key itself is not set. */
  public ConfigOption<T> withFallbackKeys(String... keys) {
    return new ConfigOption<>(
        key, type, defaultValue, List.of(keys), description, rules, whyWithoutEffect);
  }

  public ConfigOption<T> withDescription(String text) {
    return new ConfigOption<>(key, type, defaultValue, fallbackKeys, text, rules, whyWithoutEffect);
  }

  /**
   * Limits the values.
   *
   * @param allowed completes the sentence "Allowed: …", for example "at least 1"
   */
  public ConfigOption<T> withLimit(Predicate<T> holds, String allowed) {
    return with(rules.withLimit(holds, allowed));
  }

  /** Makes {@code text} mean the same as {@code value}. */
  public ConfigOption<T> withAlias(String text, String value) {
    return with(rules.withAlias(text, value));
  }

  /**
   * Refuses a value that Flink knows and Weir does not.
   *
   * @param alternative a sentence: why, and what to use instead
   */
  public ConfigOption<T> withRefusal(String text, String alternative) {
    return with(rules.withRefusal(text, alternative));
  }

  /**
   * Says that the option is accepted, so that a configuration written for Flink works, but changes
   * nothing.
   *
   * @param why a sentence
   */
  public ConfigOption<T> withoutEffect(String why) {
    return new ConfigOption<>(key, type, defaultValue, fallbackKeys, description, rules, why);
  }

  private ConfigOption<T> with(ValueRules<T> changed) {
    return new ConfigOption<>(
        key, type, defaultValue, fallbackKeys, description, changed, whyWithoutEffect);
  }

  public String key() {
    return key;
  }

  public List<String> fallbackKeys() {
    return fallbackKeys;
  }

  public boolean hasDefaultValue() {
    return defaultValue != null;
  }

  /** The default, or null if there is none. */
  public T defaultValue() {
    return defaultValue;
  }

  /** The default as it would be configured; empty if there is none. */
  public Optional<String> defaultText() {
    return Optional.ofNullable(defaultValue).map(type.formatter());
  }

  public String description() {
    return description;
  }

  /** The name of the type, as the reference page shows it. */
  public String typeName() {
    return type.name();
  }

  /** What may be configured, in words. */
  public String allowed() {
    return limit().orElse(type.allowed());
  }

  /** What may be configured, in words, where that is less than all values of the type. */
  public Optional<String> limit() {
    return Optional.ofNullable(rules.limitText());
  }

  /** Values of Flink that are refused, each with a sentence that names the alternative. */
  public Map<String, String> refusals() {
    return Collections.unmodifiableMap(rules.refusals());
  }

  /** Why setting the option changes nothing; empty for an option that has an effect. */
  public Optional<String> whyWithoutEffect() {
    return Optional.ofNullable(whyWithoutEffect);
  }

  /**
   * Reads a configured text.
   *
   * @throws IllegalConfigurationException if it is not an allowed value
   */
  public T parse(String text) {
    return parse(key, text);
  }

  /** Reads a text that was configured under {@code usedKey}, which may be an older key. */
  T parse(String usedKey, String text) {
    String trimmed = text.strip();
    Optional<String> refusal = rules.refusal(trimmed);
    if (refusal.isPresent()) {
      throw new IllegalConfigurationException(
          "%s = '%s' is not supported: %s".formatted(usedKey, trimmed, refusal.get()));
    }
    T value;
    try {
      value = type.parser().apply(rules.withoutAlias(trimmed));
    } catch (IllegalArgumentException e) {
      throw new IllegalConfigurationException(
          "%s = '%s' is not valid: %s. Allowed: %s. Example: %s = %s"
              .formatted(usedKey, trimmed, e.getMessage(), allowed(), usedKey, example()),
          e);
    }
    checkLimit(usedKey, trimmed, value);
    return value;
  }

  /**
   * The text from which {@link #parse} makes an equal value.
   *
   * @throws IllegalConfigurationException if the value is not allowed
   */
  public String format(T value) {
    String text = type.formatter().apply(value);
    parse(key, text);
    return text;
  }

  private void checkLimit(String usedKey, String text, T value) {
    if (!rules.limit().test(value)) {
      throw new IllegalConfigurationException(
          "%s = '%s' is not allowed. Allowed: %s. Example: %s = %s"
              .formatted(usedKey, text, allowed(), usedKey, example()));
    }
  }

  private String example() {
    return defaultText().orElse(type.example());
  }

  @Override
  public String toString() {
    return key;
  }
}
