package io.weir.config;

import java.util.List;
import java.util.Locale;

/**
 * The values that one field of a {@link CronExpression} allows.
 *
 * @param values a bit for each
 * @param isAny whether the field limits nothing
 */
record CronField(long values, boolean isAny) {
  private static final String ANY = "*";

  /**
   * Reads a field.
   *
   * @param names of values, by value; of no more values than there are
   * @throws IllegalArgumentException with the reason, if {@code text} is none
   */
  static CronField parse(String what, String text, int min, int max, List<String> names) {
    Reader reader = new Reader(what, min, max, names);
    long values = 0;
    for (String part : text.split(",", -1)) {
      values |= reader.part(part);
    }
    return new CronField(values, text.equals(ANY));
  }

  boolean has(int value) {
    return (values >>> value & 1) == 1;
  }

  /** The smallest value that is not smaller than this one, or -1. */
  int from(int value) {
    long rest = values >>> value << value;
    return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
  }

  /** What stands in one field. */
  private record Reader(String what, int min, int max, List<String> names) {

    long part(String part) {
      String[] stepped = part.split("/", 2);
      int step = stepped.length == 1 ? 1 : number(stepped[1]);
      if (step < 1) {
        throw wrong(part);
      }
      int first = min;
      int last = max;
      if (!stepped[0].equals(ANY)) {
        String[] ends = stepped[0].split("-", 2);
        first = value(ends[0]);
        last = ends.length == 2 ? upper(ends[1]) : stepped.length == 2 ? max : first;
      }
      if (first > last) {
        throw wrong(part);
      }
      long bits = 0;
      for (int value = first; value <= last; value += step) {
        bits |= 1L << value;
      }
      return bits;
    }

    /** A week may end with the Sunday that it has begun with. */
    private int upper(String text) {
      int value = value(text);
      return value == 0 && names.contains("SUN") ? max : value;
    }

    private int value(String text) {
      int named = names.indexOf(text.toUpperCase(Locale.ROOT));
      int value = named >= min ? named : number(text);
      if (value < min || value > max) {
        throw wrong(text);
      }
      return value;
    }

    private int number(String text) {
      try {
        return Integer.parseInt(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(wrong(text).getMessage(), e);
      }
    }

    private IllegalArgumentException wrong(String text) {
      return new IllegalArgumentException("'%s' is no %s".formatted(text, what));
    }
  }
}
