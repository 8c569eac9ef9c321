package io.weir.rest;

import java.util.Optional;

/**
 * Who has sent a request.
 *
 * @param role empty for somebody who is known, but not to Weir
 */
record Caller(String name, Optional<Role> role) {
  Caller(String name, Role role) {
    this(name, Optional.of(role));
  }

  boolean may(Role required) {
    return role.isPresent() && role.get().includes(required);
  }
}
