package io.weir.sim;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** What happens in a run, and a digest of it by which two runs can be compared. */
final class EventLog {
  private static final int PRIME = 31;

  /** Null if nobody reads it. */
  private final Consumer<String> reader;

  private long digest = 1;
  private String position = "";

  EventLog(Consumer<String> reader) {
    this.reader = reader;
  }

  /** The following lines belong to this step. */
  void at(long step, long millis) {
    digest = digest * PRIME + millis;
    if (reader != null) {
      position = "%6d %8d ms  ".formatted(step, millis);
    }
  }

  void add(int choice) {
    digest = digest * PRIME + choice;
  }

  void line(String text) {
    digest = digest * PRIME + text.hashCode();
    if (reader != null) {
      reader.accept(position + text);
    }
  }

  /** A line that does not count for the digest and is made only if somebody reads it. */
  void detail(Supplier<String> text) {
    if (reader != null) {
      reader.accept(position + text.get());
    }
  }

  boolean isRead() {
    return reader != null;
  }

  long digest() {
    return digest;
  }
}
