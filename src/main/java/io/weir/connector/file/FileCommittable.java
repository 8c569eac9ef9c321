package io.weir.connector.file;

import java.nio.file.Path;

/**
 * A file that is complete and safely on the disk, but not yet visible under its name.
 *
 * @param directory where it is
 * @param pendingName its name until it is committed
 * @param name its name once it is committed
 * @param lengthBytes its length
 */
public record FileCommittable(String directory, String pendingName, String name, long lengthBytes) {

  Path directoryPath() {
    return Path.of(directory);
  }

  Path pendingFile() {
    return directoryPath().resolve(pendingName);
  }

  Path committedFile() {
    return directoryPath().resolve(name);
  }
}
