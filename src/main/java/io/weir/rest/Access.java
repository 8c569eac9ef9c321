package io.weir.rest;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a request is let in. Pure: everything that counts is in the facts.
 *
 * <p>Without a password only a program or browser on this machine is let in, and only if it calls
 * the server by a loopback name: a page of another site whose name was made to point here (DNS
 * rebinding) gives its own name. What changes something is refused if a browser says that a page of
 * another site sends it, for browsers add passwords that they know by themselves.
 */
final class Access {
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * What is known of a request.
   *
   * @param isRead whether it changes nothing
   * @param authenticated who gave a right password
   * @param hasCredentials whether a password was given, right or not
   * @param isFromLoopback whether it came from this machine and no proxy says that it passed it on
   * @param onLoopback what such a caller may do without a password
   * @param host with port, as the caller calls the server; null if not said
   * @param origin of the page that sends it, or null
   * @param fetchSite where that page is from, in the browser's words, or null
   */
  record Facts(
      boolean isRead,
      Role required,
      Optional<Caller> authenticated,
      boolean hasCredentials,
      boolean isFromLoopback,
      Optional<Role> onLoopback,
      String host,
      String origin,
      String fetchSite) {}

  /** {@code status} is 0 if the caller is let in. */
  record Verdict(int status, String reason, Optional<Caller> caller) {

    boolean isLetIn() {
      return status == 0;
    }
  }

  private Access() {}

  static Verdict decide(Facts facts) {
    if (!facts.isRead() && isFromAnotherSite(facts)) {
      return refused(
          403,
          "A page of another site sent this request. Send it from the server's own page or from a"
              + " program.");
    }
    Optional<Caller> caller = facts.hasCredentials() ? facts.authenticated() : anonymous(facts);
    if (caller.isEmpty()) {
      return refused(401, "A user name and password are needed.");
    }
    if (!caller.get().may(facts.required())) {
      // one without a password can give one; one who gave it has the wrong role
      return refused(
          facts.hasCredentials() ? 403 : 401,
          "This needs the role %s; %s has %s."
              .formatted(lower(facts.required()), caller.get().name(), roleOf(caller.get())));
    }
    return new Verdict(0, "", caller);
  }

  private static Verdict refused(int status, String reason) {
    return new Verdict(status, reason, Optional.empty());
  }

  private static Optional<Caller> anonymous(Facts facts) {
    return facts.isFromLoopback() && isLoopbackName(facts.host())
        ? facts.onLoopback().map(role -> new Caller("a caller without password", role))
        : Optional.empty();
  }

  private static boolean isLoopbackName(String host) {
    return host != null && LOOPBACK_NAMES.contains(host.replaceFirst(":\\d+$", ""));
  }

  private static boolean isFromAnotherSite(Facts facts) {
    if (facts.fetchSite() != null
        && !facts.fetchSite().equals("same-origin")
        && !facts.fetchSite().equals("none")) {
      return true;
    }
    return facts.origin() != null && !authority(facts.origin()).equals(facts.host());
  }

  /** A page without an origin of its own says "null". */
  private static String authority(String origin) {
    try {
      return String.valueOf(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String roleOf(Caller caller) {
    return caller.role().map(role -> "the role " + lower(role)).orElse("no group of Weir's");
  }

  private static String lower(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
