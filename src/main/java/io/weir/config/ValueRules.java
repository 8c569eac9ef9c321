package io.weir.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What an option demands of its values beyond their type.
 *
 * @param limit which values of the type are allowed
 * @param limitText the same in words; null if all are
 * @param aliases texts that mean the same as another text
 * @param refusals texts that Flink knows and Weir refuses, with a sentence naming the alternative
 */
record ValueRules<T>(
    Predicate<T> limit,
    String limitText,
    Map<String, String> aliases,
    Map<String, String> refusals) {

  static <T> ValueRules<T> none() {
    return new ValueRules<>(value -> true, null, Map.of(), Map.of());
  }

  ValueRules<T> withLimit(Predicate<T> holds, String text) {
    return new ValueRules<>(holds, text, aliases, refusals);
  }

  ValueRules<T> withAlias(String text, String value) {
    return new ValueRules<>(limit, limitText, plus(aliases, text, value), refusals);
  }

  ValueRules<T> withRefusal(String text, String alternative) {
    return new ValueRules<>(limit, limitText, aliases, plus(refusals, text, alternative));
  }

  Optional<String> refusal(String text) {
    return lookup(refusals, text);
  }

  String withoutAlias(String text) {
    return lookup(aliases, text).orElse(text);
  }

  private static Optional<String> lookup(Map<String, String> words, String text) {
    return words.entrySet().stream()
        .filter(entry -> ValueType.sameWord(entry.getKey(), text))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Map<String, String> plus(Map<String, String> map, String key, String value) {
    Map<String, String> all = new TreeMap<>(map);
    all.put(key, value);
    return all;
  }
}
