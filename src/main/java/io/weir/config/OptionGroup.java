package io.weir.config;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Options that are documented together.
 *
 * @param title a heading
 * @param introduction one sentence
 * @param options sorted by key
 */
public record OptionGroup(String title, String introduction, List<ConfigOption<?>> options) {

  public OptionGroup {
    options = List.copyOf(options);
  }

  /** All options that are public constants of {@code holder}. */
  public static OptionGroup of(String title, String introduction, Class<?> holder) {
    List<ConfigOption<?>> options = new ArrayList<>();
    for (Field field : holder.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
        options.add(read(field));
      }
    }
    options.sort(Comparator.comparing(ConfigOption::key));
    return new OptionGroup(title, introduction, options);
  }

  private static ConfigOption<?> read(Field field) {
    try {
      return (ConfigOption<?>) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(
          "The options of " + field.getDeclaringClass() + " can be read only if it is public", e);
    }
  }
}
