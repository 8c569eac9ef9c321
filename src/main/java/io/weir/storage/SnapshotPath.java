package io.weir.storage;

import java.net.URI;

/**
 * The path of a snapshot as a user may write it, taken apart.
 *
 * @param directory its directory, an absolute URI with a {@code /} at its end
 */
record SnapshotPath(URI directory) {

  /** Of the path of a snapshot's directory, or of the {@code _metadata} in it. */
  static SnapshotPath of(String path) throws UnusableStorageException {
    String text = StorageLocation.directory(path).toString();
    String metadata = "/" + StoragePaths.METADATA + "/";
    return new SnapshotPath(
        URI.create(
            text.endsWith(metadata)
                ? text.substring(0, text.length() - metadata.length() + 1)
                : text));
  }

  /** The directory that it is in, with a {@code /} at its end. */
  String parent() throws UnusableStorageException {
    String text = withoutSlash(directory.toString());
    refuseRoot();
    return text.substring(0, text.lastIndexOf('/') + 1);
  }

  /** The name of its directory. */
  String name() throws UnusableStorageException {
    refuseRoot();
    String path = withoutSlash(directory.getPath());
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Without the {@code /} at its end. */
  @Override
  public String toString() {
    return withoutSlash(directory.toString());
  }

  private void refuseRoot() throws UnusableStorageException {
    if (directory.getPath().length() <= 1) {
      throw new UnusableStorageException(
          directory
              + " is the root of a storage, not a snapshot. Give the directory of a snapshot.");
    }
  }

  private static String withoutSlash(String text) {
    return text.substring(0, text.length() - 1);
  }
}
