package io.weir.sim;

import java.util.Map;

/** What a sink must have committed, computed without the engine. */
interface Expectation {
  /** What has been committed too often so far, or null. */
  String excess(Map<Event, Integer> committed);

  /** What is missing or wrong at the end, or null. */
  String lack(Map<Event, Integer> committed);

  /** How many values had expired when they were looked for; known at the end. */
  default int expired() {
    return 0;
  }
}
