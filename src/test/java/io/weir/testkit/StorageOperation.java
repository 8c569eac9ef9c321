package io.weir.testkit;

/** The steps that storage takes; a fault may be put before or behind each. */
public enum StorageOperation {
  CREATE,
  APPEND,
  /** Forces the content of an object to the disk. */
  SYNC_CONTENT,
  /** Gives an object its name; it is visible afterwards, but a crash may take it away. */
  NAME,
  /** Forces the name of an object to the disk. */
  SYNC_NAME,
  ABORT,
  OPEN,
  LENGTH,
  LIST,
  DELETE,
  DELETE_TREE
}
