package io.weir.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * The name of an object or a directory below the root of a storage: segments joined by {@code /}.
 * It cannot leave the root: it is not absolute and has no empty segment, no {@code .} and no {@code
 * ..}; and it has no control character and no backslash.
 */
public final class RelativePath implements Comparable<RelativePath> {
  /** The root itself: may be listed, but is no object. */
  public static final RelativePath ROOT = new RelativePath("");

  /** The most characters that a path has; what every storage can take. */
  public static final int MAX_LENGTH = 1_000;

  private final String path;

  private RelativePath(String path) {
    this.path = path;
  }

  /**
   * The path that a text says.
   *
   * @throws IllegalArgumentException if the text is not such a path; the message says why
   */
  public static RelativePath of(String path) {
    String fault = fault(path);
    if (fault != null) {
      throw new IllegalArgumentException(
          "'" + printable(path) + "' is not a path below a storage's root: " + fault);
    }
    return new RelativePath(path);
  }

  /** Whether {@link #of} accepts the text. */
  public static boolean isValid(String path) {
    return fault(path) == null;
  }

  /** The path of a child, or of a deeper descendant. */
  public RelativePath resolve(String below) {
    return isRoot() ? of(below) : of(path + "/" + below);
  }

  /** The directory that it is in. */
  public RelativePath parent() {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? ROOT : new RelativePath(path.substring(0, slash));
  }

  /** Its last segment; empty for the root. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  public boolean isRoot() {
    return path.isEmpty();
  }

  /**
   * This path, unless it is the root.
   *
   * @throws IllegalArgumentException if it is: the root is no object
   */
  public RelativePath requireObject() {
    if (isRoot()) {
      throw new IllegalArgumentException("the root is a directory, not an object");
    }
    return this;
  }

  /** As the last part of a URI, with what a URI does not allow escaped. */
  public String toUriText() {
    try {
      return new URI(null, null, "/" + path, null).getRawPath().substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("every relative path can be escaped, but not " + path, e);
    }
  }

  @Override
  public int compareTo(RelativePath other) {
    return path.compareTo(other.path);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RelativePath that && path.equals(that.path);
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  @Override
  public String toString() {
    return path;
  }

  private static String fault(String path) {
    if (path.isEmpty()) {
      return "it is empty";
    }
    if (path.length() > MAX_LENGTH) {
      return "it has more than " + MAX_LENGTH + " characters";
    }
    if (path.startsWith("/")) {
      return "it is absolute";
    }
    if (path.chars()
        .anyMatch(c -> Character.isISOControl(c) || c == '\\' || Character.isSurrogate((char) c))) {
      return "it has a control character, a backslash or a character outside the basic plane";
    }
    for (String segment : List.of(path.split("/", -1))) {
      if (segment.isEmpty()) {
        return "it has an empty segment";
      }
      if (segment.equals(".") || segment.equals("..")) {
        return "it has the segment '" + segment + "'";
      }
    }
    return null;
  }

  private static String printable(String path) {
    String start = path.length() > 100 ? path.substring(0, 100) + "…" : path;
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
