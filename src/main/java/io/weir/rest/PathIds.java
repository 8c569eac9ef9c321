package io.weir.rest;

import io.weir.snapshot.JobId;
import io.weir.snapshot.VertexId;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the ids in paths and bodies; each method answers 400 to what is none. */
final class PathIds {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

  private PathIds() {}

  static JobId job(String text) {
    return parse("jobid", text, JobId::parse);
  }

  /** An application has the id of its job. */
  static JobId application(String text) {
    return parse("applicationid", text, JobId::parse);
  }

  static int subtask(String text) {
    return parse("subtaskindex", text, Integer::valueOf);
  }

  static int attempt(String text) {
    return parse("attempt", text, Integer::valueOf);
  }

  static VertexId vertex(String text) {
    return parse("vertexid", text, VertexId::parse);
  }

  static long checkpoint(String text) {
    return parse("checkpointid", text, Long::valueOf);
  }

  static String trigger(String text) {
    if (!HEX.matcher(text).matches()) {
      throw unresolvable("triggerid", text);
    }
    return text;
  }

  static boolean isTrigger(String text) {
    return HEX.matcher(text).matches();
  }

  private static <T> T parse(String name, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw unresolvable(name, text);
    }
  }

  private static ApiException unresolvable(String name, String text) {
    return ApiException.badRequest(
        "Bad request, could not parse parameters: Cannot resolve path parameter (%s) from value \"%s\"."
            .formatted(name, text));
  }
}
