package io.weir.config;

import java.util.List;
import java.util.Locale;

/** Tells by their keys which values nobody may see. */
final class SecretKeys {
  /** What is shown instead of the value. */
  static final String HIDDEN = "******";

  private static final List<String> WORDS =
      List.of(
          "password",
          "secret",
          "token",
          "apikey",
          "api-key",
          "credential",
          "access-key",
          "access.key");

  private SecretKeys() {}

  static boolean isSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(lower::contains);
  }
}
