package io.weir.storage;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Reads the locations that users write: a URI, or the plain path of a local file. */
final class StorageLocation {
  private StorageLocation() {}

  /**
   * The URI of a directory: absolute, normalized, with a {@code /} at its end.
   *
   * @throws UnusableStorageException if the text is no location
   */
  static URI directory(String text) throws UnusableStorageException {
    String location = text.strip();
    if (location.isEmpty()) {
      throw new UnusableStorageException(
          "A storage location is empty. Give a URI like file:///var/weir/checkpoints, or an absolute path.");
    }
    return isPlainPath(location) ? ofPath(location) : ofUri(location);
  }

  private static boolean isPlainPath(String location) {
    int colon = location.indexOf(':');
    int slash = location.indexOf('/');
    boolean hasScheme = colon > 0 && (slash < 0 || colon < slash);
    boolean isDrive = colon == 1 && File.separatorChar == '\\';
    return !hasScheme || isDrive;
  }

  private static URI ofPath(String location) throws UnusableStorageException {
    try {
      return withSlash(Path.of(location).toAbsolutePath().normalize().toUri());
    } catch (InvalidPathException e) {
      throw new UnusableStorageException(
          "'"
              + location
              + "' is not a path: "
              + e.getReason()
              + ". Give an absolute path or a URI.",
          e);
    }
  }

  private static URI ofUri(String location) throws UnusableStorageException {
    try {
      URI uri = new URI(location).normalize();
      String path = uri.getRawPath();
      if (path == null || !(path.isEmpty() || path.startsWith("/"))) {
        throw unusable(
            location,
            "its path is relative. Write it with slashes, like file:///var/weir/checkpoints or s3://bucket/checkpoints");
      }
      if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
        throw unusable(
            location,
            "it has a '?' or '#' part, which no storage knows. Leave it out, or escape the character");
      }
      if (path.startsWith("/..")) {
        throw unusable(location, "its '..' lead above the root. Write the path without them");
      }
      String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
      return withSlash(
          new URI(uri.getScheme().toLowerCase(Locale.ROOT) + "://" + authority + path));
    } catch (URISyntaxException e) {
      throw unusable(
          location,
          e.getReason()
              + " at position "
              + e.getIndex()
              + ". Escape special characters (a space is %20), or give a plain path");
    }
  }

  private static URI withSlash(URI uri) {
    String text = uri.toString();
    return URI.create(text.endsWith("/") ? text : text + "/");
  }

  private static UnusableStorageException unusable(String location, String why) {
    return new UnusableStorageException(
        "The storage location '" + location + "' cannot be used: " + why + ".");
  }
}
