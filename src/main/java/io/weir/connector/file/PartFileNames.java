package io.weir.connector.file;

import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of the files of one writer: {@code part-<subtask>-<number>-<attempt>} once committed,
 * and {@code .part-….inprogress.<writer>} before.
 *
 * <p>The attempt is random, so that no name is ever used twice, whatever was restored. The writer's
 * id is handed on in its state, so that a later attempt knows the files of an earlier one.
 */
record PartFileNames(int subtask, UUID attempt, UUID writer) {
  private static final Pattern IN_PROGRESS =
      Pattern.compile("\\.part-\\d+-(\\d{1,18})-[^.]+\\.inprogress\\.(.+)");

  String committed(long number) {
    return "part-%d-%d-%s".formatted(subtask, number, attempt);
  }

  static String inProgress(String committed, UUID writer) {
    return ".%s.inprogress.%s".formatted(committed, writer);
  }

  String inProgress(long number) {
    return inProgress(committed(number), writer);
  }

  /** The number of a file of this writer that was not committed; empty for all other files. */
  static OptionalLong numberOf(String name, UUID writer) {
    Matcher matcher = IN_PROGRESS.matcher(name);
    return matcher.matches() && matcher.group(2).equals(writer.toString())
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}
