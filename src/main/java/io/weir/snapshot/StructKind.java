package io.weir.snapshot;

/** The ways in which Java groups fields. */
public enum StructKind {
  RECORD,
  POJO,
  TUPLE
}
