package io.weir.api.connector;

/** Whether a source comes to an end. */
public enum Boundedness {
  /** It ends by itself. */
  BOUNDED,
  /** It goes on until it is stopped. */
  CONTINUOUS_UNBOUNDED
}
