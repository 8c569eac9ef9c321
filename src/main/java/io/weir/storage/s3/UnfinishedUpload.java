package io.weir.storage.s3;

import io.weir.storage.RelativePath;
import io.weir.storage.StoredObject;

/**
 * An object that was begun and not committed: it is being written, or its writer has died.
 *
 * @param path under which it is listed
 * @param key that the object was to have
 */
record UnfinishedUpload(RelativePath path, String key, String uploadId, long begunMillis) {
  private static final String START = ".";
  private static final String END = ".part";

  /** The text of the path for an object's path and an upload id. */
  static String nameOf(String objectPath, String uploadId) {
    int name = objectPath.lastIndexOf('/') + 1;
    return objectPath.substring(0, name)
        + START
        + objectPath.substring(name)
        + "."
        + uploadId
        + END;
  }

  /** Whether the path may be that of an unfinished upload. */
  static boolean isName(RelativePath path) {
    return path.name().startsWith(START) && path.name().endsWith(END);
  }

  /** As a listing shows it; its size is not known. */
  StoredObject asObject() {
    return new StoredObject(path, 0, begunMillis);
  }
}
