package io.weir.connector.file;

/** What a file source does with a line of which no record can be made. */
public enum BrokenLines {
  /** The job fails; the message names file, line and byte. */
  FAIL,
  /** The line is left out and counted in the metric {@code numRecordsInErrors}. */
  SKIP
}
