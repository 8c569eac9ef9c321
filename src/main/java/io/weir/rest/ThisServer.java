package io.weir.rest;

/** This server, which Flink's clients take for a cluster. */
final class ThisServer {
  /** Where it, and each of its task managers, would be called by others, if there were any. */
  static final String ENDPOINT = "localhost";

  private ThisServer() {}
}
