package io.weir.config;

import java.util.Locale;

/**
 * A whole number and the unit behind it, as people write it: {@code 64mb}, {@code 10 min}.
 *
 * @param unit in lower case; empty if there is none
 */
record QuantityText(long number, String unit) {

  static QuantityText parse(String text) {
    String trimmed = text.strip();
    int end = 0;
    while (end < trimmed.length() && trimmed.charAt(end) >= '0' && trimmed.charAt(end) <= '9') {
      end++;
    }
    if (end == 0) {
      throw new IllegalArgumentException(
          trimmed.startsWith("-") ? "it is negative" : "it does not begin with a whole number");
    }
    try {
      String unit = trimmed.substring(end).strip().toLowerCase(Locale.ROOT);
      return new QuantityText(Long.parseLong(trimmed.substring(0, end)), unit);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the number is too large", e);
    }
  }

  /** The number in the smallest unit. */
  long times(long factor) {
    try {
      return Math.multiplyExact(number, factor);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the number is too large", e);
    }
  }

  IllegalArgumentException unknownUnit() {
    return new IllegalArgumentException("the unit '" + unit + "' is unknown");
  }
}
