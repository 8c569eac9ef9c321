package io.weir.servers;

import io.weir.config.Configuration;

/** A store that speaks HTTP, so that a {@link FaultyRelay} may stand in front of it. */
public interface HttpStore extends Store {

  /** Where it listens. */
  int port();

  /** The settings by which it is reached through this port. */
  Configuration configuration(int port);

  @Override
  default Configuration configuration() {
    return configuration(port());
  }
}
