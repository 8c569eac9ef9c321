package io.weir.snapshot;

import java.util.regex.Pattern;

/**
 * Locations of state files as they stand in metadata: relative to the directory of the metadata
 * where that is possible.
 */
final class RelativeLocations {
  private static final String SHARED = "../" + MetadataCodec.SHARED_DIRECTORY + "/";
  private static final Pattern ABSOLUTE = Pattern.compile("[a-z][a-z0-9+.-]*:/.*");

  private final String base;
  private final String shared;

  /**
   * @param base absolute URI of the directory, with a {@code /} at its end
   */
  RelativeLocations(String base) {
    if (!ABSOLUTE.matcher(base).matches() || !base.endsWith("/")) {
      throw new IllegalArgumentException("not the absolute URI of a directory: " + base);
    }
    this.base = base;
    this.shared =
        base.substring(0, base.lastIndexOf('/', base.length() - 2) + 1)
            + MetadataCodec.SHARED_DIRECTORY
            + "/";
  }

  String relative(String location) {
    if (location.startsWith(base) && isName(location.substring(base.length()))) {
      return location.substring(base.length());
    }
    if (location.startsWith(shared) && isName(location.substring(shared.length()))) {
      return SHARED + location.substring(shared.length());
    }
    return location;
  }

  String absolute(String location) throws CorruptStateException {
    if (isName(location)) {
      return base + location;
    }
    if (location.startsWith(SHARED) && isName(location.substring(SHARED.length()))) {
      return shared + location.substring(SHARED.length());
    }
    if (ABSOLUTE.matcher(location).matches()) {
      return location;
    }
    throw new CorruptStateException("'" + location + "' is not the name of a state file");
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && !text.equals(".")
        && !text.equals("..")
        && text.chars()
            .noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
  }
}
