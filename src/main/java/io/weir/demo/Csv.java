package io.weir.demo;

import java.util.ArrayList;
import java.util.List;

/** Lines of comma-separated values (RFC 4180, one record in a line). */
final class Csv {
  private Csv() {}

  /**
   * The fields of a line.
   *
   * @throws IllegalArgumentException if there are not as many as expected
   */
  static List<String> fields(String line, int expected) {
    List<String> fields = new ArrayList<>(expected);
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        boolean doubled = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
        if (doubled) {
          field.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    if (quoted || fields.size() != expected) {
      throw new IllegalArgumentException(
          quoted
              ? "a quote is not closed"
              : "%d fields instead of %d".formatted(fields.size(), expected));
    }
    return fields;
  }

  /** A text as a field: in quotes if it holds a comma or a quote. */
  static String field(String text) {
    boolean plain = text.indexOf(',') < 0 && text.indexOf('"') < 0;
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
