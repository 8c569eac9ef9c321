package io.weir.snapshot;

/** The maps; all are stored alike. */
public enum MapKind {
  MAP,
  HASH_MAP,
  LINKED_HASH_MAP,
  TREE_MAP,
  CONCURRENT_HASH_MAP
}
