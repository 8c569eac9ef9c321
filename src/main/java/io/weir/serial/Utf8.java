package io.weir.serial;

/**
 * UTF-8 as a bijection on Java's strings: an unpaired surrogate takes three bytes like any other
 * char of its range, where the JDK's encoder would lose it.
 */
final class Utf8 {
  private Utf8() {}

  /** Bytes of a string whose first {@code asciiPrefix} chars are known to be ASCII. */
  static long size(String value, int asciiPrefix) {
    long size = asciiPrefix;
    for (int i = asciiPrefix; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        size++;
      } else if (c < 0x800) {
        size += 2;
      } else if (isPair(value, i)) {
        size += 4;
        i++;
      } else {
        size += 3;
      }
    }
    return size;
  }

  /** Writes the string; the target has room. */
  static void encode(String value, byte[] target, int offset) {
    int at = offset;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        target[at++] = (byte) c;
      } else if (c < 0x800) {
        target[at++] = (byte) (0xC0 | c >> 6);
        target[at++] = continuation(c);
      } else if (isPair(value, i)) {
        int codePoint = Character.toCodePoint(c, value.charAt(++i));
        target[at++] = (byte) (0xF0 | codePoint >> 18);
        target[at++] = continuation(codePoint >> 12);
        target[at++] = continuation(codePoint >> 6);
        target[at++] = continuation(codePoint);
      } else {
        target[at++] = (byte) (0xE0 | c >> 12);
        target[at++] = continuation(c >> 6);
        target[at++] = continuation(c);
      }
    }
  }

  private static boolean isPair(String value, int i) {
    return Character.isHighSurrogate(value.charAt(i))
        && i + 1 < value.length()
        && Character.isLowSurrogate(value.charAt(i + 1));
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }

  /** Reads a string that is not all ASCII. */
  static String decode(byte[] source, int offset, int length) {
    char[] chars = new char[length];
    int count = 0;
    int end = offset + length;
    int at = offset;
    while (at < end) {
      int lead = source[at];
      if (lead >= 0) {
        chars[count++] = (char) lead;
        at++;
        continue;
      }
      int extra = continuations(lead);
      if (at + extra >= end) {
        throw malformed();
      }
      int codePoint = lead & (0x3F >> extra);
      for (int i = 1; i <= extra; i++) {
        codePoint = codePoint << 6 | payload(source[at + i]);
      }
      if (!Character.isValidCodePoint(codePoint)) {
        throw malformed();
      }
      count += Character.toChars(codePoint, chars, count);
      at += extra + 1;
    }
    return new String(chars, 0, count);
  }

  private static int continuations(int lead) {
    if ((lead & 0xE0) == 0xC0) {
      return 1;
    }
    if ((lead & 0xF0) == 0xE0) {
      return 2;
    }
    if ((lead & 0xF8) == 0xF0) {
      return 3;
    }
    throw malformed();
  }

  private static int payload(byte continuation) {
    if ((continuation & 0xC0) != 0x80) {
      throw malformed();
    }
    return continuation & 0x3F;
  }

  private static SerializationException malformed() {
    return new SerializationException("the bytes are not a string; the data is damaged");
  }
}
