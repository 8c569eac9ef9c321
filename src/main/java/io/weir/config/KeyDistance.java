package io.weir.config;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the key that somebody who mistyped a key probably meant. */
final class KeyDistance {
  /** Of this many characters, one may be wrong. */
  private static final int CHARACTERS_PER_SLIP = 5;

  private KeyDistance() {}

  static Optional<String> nearest(String typed, Stream<String> keys) {
    record Candidate(String key, int edits) {}
    int mostEdits = Math.max(1, typed.length() / CHARACTERS_PER_SLIP);
    return keys.filter(key -> Math.abs(key.length() - typed.length()) <= mostEdits)
        .map(key -> new Candidate(key, edits(typed, key)))
        .filter(candidate -> candidate.edits <= mostEdits)
        .min(Comparator.comparingInt(Candidate::edits).thenComparing(Candidate::key))
        .map(Candidate::key);
  }

  /** The least number of inserted, removed and replaced characters that make one of the other. */
  static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }
}
