package io.weir.api.connector;

/** A part of a source that one reader reads. */
public interface SourceSplit {
  /** A name that is unique within the source and the same in every run; not null. */
  String splitId();
}
