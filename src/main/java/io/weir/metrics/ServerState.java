package io.weir.metrics;

import java.util.Map;
import java.util.Optional;

/** Port: how far the server's start has come. Safe for use by several threads. */
public interface ServerState {

  /** Whether the jobs that start with the server have been started, or refused. */
  boolean isStarted();

  /** Why the server could not start its jobs so far, for people. */
  Optional<String> startFailure();

  /**
   * Why the catalog does not answer now, for people; empty if it does, or if the server has not
   * started. Asks it, and does not wait long for the answer.
   */
  Optional<String> catalogFailure();

  /** When the coordinators were last driven, milliseconds since the epoch; 0 for not yet. */
  long lastTickMillis();

  /** Bytes of native memory that all RocksDB databases have taken from their budget. */
  long nativeMemoryBytes();

  /** The budget of native memory of all RocksDB databases, bytes. */
  long nativeMemoryBudgetBytes();

  /** Jobs that were to start and were refused: why, by name. */
  Map<String, String> refusedJobs();
}
