package io.weir.rest;

/** Reads the values in queries; answers 400 to what is none. */
final class QueryValues {

  private QueryValues() {}

  static long number(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw unresolvable(name, text);
    }
  }

  static ApiException unresolvable(String name, String text) {
    return ApiException.badRequest(
        "Bad request, could not parse parameters: Cannot resolve query parameter (%s) from value \"%s\"."
            .formatted(name, text));
  }
}
