package io.weir.snapshot;

/** The collections, and what a changed declaration may replace. */
public enum SequenceKind {
  ARRAY(Family.LIST),
  LIST(Family.LIST),
  ARRAY_LIST(Family.LIST),
  LINKED_LIST(Family.LIST),
  COPY_ON_WRITE_LIST(Family.LIST),
  ARRAY_DEQUE(Family.LIST),
  SET(Family.SET),
  HASH_SET(Family.SET),
  LINKED_HASH_SET(Family.SET),
  TREE_SET(Family.SET);

  /** Kinds of one family are stored alike and hold the same values. */
  public enum Family {
    LIST,
    SET
  }

  private final Family family;

  SequenceKind(Family family) {
    this.family = family;
  }

  public Family family() {
    return family;
  }
}
