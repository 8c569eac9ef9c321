package io.weir.api.connector;

/** What comes after a record was polled. */
public enum InputStatus {
  /** Poll again at once. */
  MORE_AVAILABLE,
  /** Poll again when {@link SourceReader#isAvailable()} completes. */
  NOTHING_AVAILABLE,
  /** The source has come to its end. */
  END_OF_INPUT
}
