package io.weir.api.connector.lib;

import java.io.IOException;

/** Refuses bytes that another version wrote. */
final class Versions {
  private Versions() {}

  static void check(String what, int known, int found) throws IOException {
    if (found != known) {
      throw new IOException(
          "A %s of version %d cannot be read, only version %d: it was written by another version of Weir"
              .formatted(what, found, known));
    }
  }
}
