package io.weir.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * Where the definition of an option begins:
 *
 * <pre>{@code
 * ConfigOption<Duration> TIMEOUT =
 *     ConfigOptions.key("execution.checkpointing.timeout")
 *         .durationType()
 *         .defaultValue(Duration.ofMinutes(10))
 *         .withDescription("A checkpoint that takes longer is aborted.");
 * }</pre>
 */
public final class ConfigOptions {

  private ConfigOptions() {}

  public static OptionBuilder key(String key) {
    if (key.isBlank()) {
      throw new IllegalArgumentException("An option needs a key");
    }
    return new OptionBuilder(key);
  }

  /** The key is known, the type is not yet. */
  public static final class OptionBuilder {
    private final String key;

    private OptionBuilder(String key) {
      this.key = key;
    }

    public TypedBuilder<Boolean> booleanType() {
      return new TypedBuilder<>(key, ValueType.BOOLEAN);
    }

    public TypedBuilder<Integer> intType() {
      return new TypedBuilder<>(key, ValueType.INTEGER);
    }

    public TypedBuilder<Long> longType() {
      return new TypedBuilder<>(key, ValueType.LONG);
    }

    public TypedBuilder<Double> doubleType() {
      return new TypedBuilder<>(key, ValueType.DOUBLE);
    }

    public TypedBuilder<String> stringType() {
      return new TypedBuilder<>(key, ValueType.STRING);
    }

    /** A text that must be one of {@code words}; case, hyphens and underscores do not matter. */
    public TypedBuilder<String> oneOf(String... words) {
      return new TypedBuilder<>(key, ValueType.oneOf(List.of(words)));
    }

    public TypedBuilder<Duration> durationType() {
      return new TypedBuilder<>(key, ValueType.DURATION);
    }

    public TypedBuilder<MemorySize> memoryType() {
      return new TypedBuilder<>(key, ValueType.MEMORY);
    }

    public TypedBuilder<CronExpression> cronType() {
      return new TypedBuilder<>(key, ValueType.CRON);
    }

    public TypedBuilder<ZoneId> zoneType() {
      return new TypedBuilder<>(key, ValueType.ZONE);
    }

    public <E extends Enum<E>> TypedBuilder<E> enumType(Class<E> type) {
      return new TypedBuilder<>(key, ValueType.ofEnum(type));
    }
  }

  /** Key and type are known; what is missing is whether there is a default. */
  public static final class TypedBuilder<T> {
    private final String key;
    private final ValueType<T> type;

    private TypedBuilder(String key, ValueType<T> type) {
      this.key = key;
      this.type = type;
    }

    public TypedBuilder<List<T>> asList() {
      return new TypedBuilder<>(key, ValueType.listOf(type));
    }

    public ConfigOption<T> defaultValue(T value) {
      return ConfigOption.of(key, type, value);
    }

    public ConfigOption<T> noDefaultValue() {
      return ConfigOption.of(key, type, null);
    }
  }
}
