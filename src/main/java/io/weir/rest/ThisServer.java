package io.weir.rest;

/** This server, which Flink's clients take for the one task manager of a cluster. */
final class ThisServer {
  static final String ID = "localhost";

  /** Where it would be called by others, if there were any. */
  static final String ENDPOINT = "localhost";

  private ThisServer() {}
}
