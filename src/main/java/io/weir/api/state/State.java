package io.weir.api.state;

/** A piece of state. */
public interface State {
  /** Removes what is stored for the present key. */
  void clear();
}
