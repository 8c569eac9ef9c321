package io.weir.api.state;

/** Keeps state in memory, as objects. The fastest backend for state that fits. */
public record HashMapStateBackend() implements StateBackend {
  private static final long serialVersionUID = 1L;

  @Override
  public String getName() {
    return "hashmap";
  }
}
