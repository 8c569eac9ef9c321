package io.weir.plan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Reads what the real Flink classes gave, from the files beside this class. */
final class Recording {
  private Recording() {}

  /** The fields of each line; comments are left out. */
  static List<String[]> read(String file, char separator) throws IOException {
    Pattern split = Pattern.compile(Pattern.quote(String.valueOf(separator)));
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Recording.class.getResourceAsStream(file), file),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> split.split(line, -1))
          .toList();
    }
  }
}
