package io.weir.restart;

/** Checks what a user configured. */
final class Settings {
  private Settings() {}

  static void require(boolean condition, String key, Object value, String allowed) {
    if (!condition) {
      throw new IllegalArgumentException(
          "restart-strategy." + key + " is " + value + ", but must be " + allowed);
    }
  }
}
