package io.weir.api.connector;

import java.io.Serializable;
import java.util.Objects;

/**
 * Facts about a reader that is there.
 *
 * @param subtaskId its index
 * @param location name of its host, not null
 */
public record ReaderInfo(int subtaskId, String location) implements Serializable {
  private static final long serialVersionUID = 1L;

  public ReaderInfo {
    Objects.requireNonNull(location, "location");
  }

  /** As {@link #subtaskId()}. */
  public int getSubtaskId() {
    return subtaskId;
  }

  /** As {@link #location()}. */
  public String getLocation() {
    return location;
  }
}
