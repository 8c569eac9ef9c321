package io.weir.snapshot;

/** How the bytes of a piece of state are packed. */
public enum Compression {
  /** They stand as they are. */
  NONE,
  /** In frames of LZ4 blocks; each key group begins a new frame, so that it can be read alone. */
  LZ4
}
