package io.weir.snapshot;

import java.util.HexFormat;

/** The text form of the 128-bit ids: 32 lower-case hex digits. */
final class Hex128 {
  private static final HexFormat HEX = HexFormat.of();
  private static final int DIGITS = 32;

  private Hex128() {}

  static long upper(String hex) {
    return HexFormat.fromHexDigitsToLong(checked(hex), 0, DIGITS / 2);
  }

  static long lower(String hex) {
    return HexFormat.fromHexDigitsToLong(checked(hex), DIGITS / 2, DIGITS);
  }

  static String format(long upper, long lower) {
    return HEX.toHexDigits(upper) + HEX.toHexDigits(lower);
  }

  static int compare(long upper, long lower, long otherUpper, long otherLower) {
    int byUpper = Long.compareUnsigned(upper, otherUpper);
    return byUpper != 0 ? byUpper : Long.compareUnsigned(lower, otherLower);
  }

  private static String checked(String hex) {
    if (hex.length() != DIGITS || !hex.equals(hex.toLowerCase(java.util.Locale.ROOT))) {
      throw new IllegalArgumentException(
          "'" + hex + "' is not an id: 32 lower-case hex digits are expected");
    }
    return hex;
  }
}
