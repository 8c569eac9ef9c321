package io.weir.config;

import static java.util.stream.Collectors.joining;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * How the text of a configured value becomes a value and back.
 *
 * @param name what the reference page shows
 * @param allowed completes the sentence "Allowed: …" of an error
 * @param example a text that parses
 * @param parser throws {@link IllegalArgumentException} with the reason when a text is not allowed;
 *     gets trimmed text
 * @param formatter gives a text from which {@code parser} makes an equal value
 */
record ValueType<T>(
    String name,
    String allowed,
    String example,
    Function<String, T> parser,
    Function<T, String> formatter) {

  static final ValueType<Boolean> BOOLEAN =
      new ValueType<>(
          "Boolean", "true or false", "true", ValueType::parseBoolean, Object::toString);

  static final ValueType<Integer> INTEGER =
      new ValueType<>(
          "Integer",
          "a whole number from -2147483648 to 2147483647",
          "4",
          text -> number(text, Integer::valueOf),
          Object::toString);

  static final ValueType<Long> LONG =
      new ValueType<>(
          "Long", "a whole number", "100", text -> number(text, Long::valueOf), Object::toString);

  static final ValueType<Double> DOUBLE =
      new ValueType<>("Double", "a finite number", "0.5", ValueType::parseDouble, Object::toString);

  static final ValueType<String> STRING =
      new ValueType<>("String", "text", "some-text", text -> text, text -> text);

  static final ValueType<Duration> DURATION =
      new ValueType<>(
          "Duration",
          "a number with a unit (ns, us, ms, s, min, h, d), an ISO-8601 duration such as PT1.5S,"
              + " or a plain number of milliseconds",
          "60 s",
          DurationText::parse,
          DurationText::format);

  static final ValueType<MemorySize> MEMORY =
      new ValueType<>(
          "MemorySize",
          "a number with a unit (b, kb, mb, gb, tb; 1 kb is 1024 bytes), or a plain number of bytes",
          "64 mb",
          MemorySize::parse,
          MemorySize::toString);

  static final ValueType<CronExpression> CRON =
      new ValueType<>(
          "CronExpression",
          "minute, hour, day of the month, month and day of the week with spaces between them, each *,"
              + " a value, a range, steps or a list of these; with a sixth field in front of seconds",
          "0 2 * * *",
          CronExpression::parse,
          CronExpression::toString);

  static final ValueType<ZoneId> ZONE =
      new ValueType<>(
          "ZoneId",
          "UTC, a region such as Europe/Berlin, or an offset such as +01:00",
          "Europe/Berlin",
          ValueType::parseZone,
          ZoneId::getId);

  /** Case does not matter, and neither do hyphens and underscores between words. */
  static <E extends Enum<E>> ValueType<E> ofEnum(Class<E> type) {
    ValueType<String> words =
        oneOf(Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
    return new ValueType<>(
        type.getSimpleName(),
        words.allowed,
        words.example,
        text -> Enum.valueOf(type, words.parser.apply(text)),
        Enum::name);
  }

  /** Gives the word as it is spelt in {@code words}. */
  static ValueType<String> oneOf(List<String> words) {
    return new ValueType<>(
        "String",
        "one of " + String.join(", ", words),
        words.get(0),
        text ->
            words.stream()
                .filter(word -> sameWord(word, text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no such value")),
        text -> text);
  }

  /** Elements stand between semicolons or commas; blank elements are left out. */
  static <T> ValueType<List<T>> listOf(ValueType<T> element) {
    return new ValueType<>(
        "List of " + element.name,
        "a list separated by ';' or ',', each element " + element.allowed,
        element.example + ";" + element.example,
        text ->
            Arrays.stream(text.split("[;,]", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(element.parser)
                .toList(),
        list -> list.stream().map(element.formatter).collect(joining(";")));
  }

  /** Whether two texts are the same word but for case, hyphens and underscores. */
  static boolean sameWord(String one, String other) {
    return Objects.equals(plain(one), plain(other));
  }

  private static String plain(String word) {
    return word.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static ZoneId parseZone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("there is no such zone", e);
    }
  }

  private static Boolean parseBoolean(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static Double parseDouble(String text) {
    Double value = number(text, Double::valueOf);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not a finite number");
    }
    return value;
  }

  private static <N> N number(String text, Function<String, N> parser) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not such a number", e);
    }
  }
}
