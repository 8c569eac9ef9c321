package io.weir.connector.file;

import java.io.IOException;

/** Refuses state of another version. */
final class StateVersions {
  private StateVersions() {}

  static void check(String what, int known, int found) throws IOException {
    if (found != known) {
      throw new IOException(
          "A %s of version %d cannot be read, only version %d. It was written by another version of Weir: restore with that one."
              .formatted(what, found, known));
    }
  }
}
