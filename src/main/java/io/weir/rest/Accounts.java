package io.weir.rest;

import java.util.Optional;

/** Port: who may use the server. Safe for use by several threads. */
public interface Accounts {

  /** The role of a user who gives this password; empty if there is none or it is another one. */
  Optional<Role> authenticate(String user, String password);

  /** What a caller on the server's own machine may do without a password; empty for nothing. */
  Optional<Role> roleOnLoopback();

  /** For people: where the first password is, or where users are kept. */
  String hint();
}
