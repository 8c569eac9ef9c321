package io.weir.api.functions;

/** Which time a timer goes by. */
public enum TimeDomain {
  /** The time of the records, as watermarks tell it. */
  EVENT_TIME,
  /** The clock of the server. */
  PROCESSING_TIME
}
