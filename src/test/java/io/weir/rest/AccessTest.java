package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final String HOST = "localhost:8081";

  /** A read by a program on this machine, without a password. */
  private static Access.Facts curl() {
    return new Access.Facts(
        true,
        Role.VIEWER,
        Optional.empty(),
        false,
        true,
        Optional.of(Role.VIEWER),
        HOST,
        null,
        null);
  }

  private static Access.Facts with(Access.Facts facts, Role required, Optional<Role> caller) {
    return new Access.Facts(
        required == Role.VIEWER,
        required,
        caller.map(role -> new Caller("somebody", role)),
        true,
        false,
        facts.onLoopback(),
        "weir.example",
        null,
        null);
  }

  @ParameterizedTest
  @CsvSource({
    "VIEWER, VIEWER, 0",
    "VIEWER, OPERATOR, 403",
    "VIEWER, ADMIN, 403",
    "OPERATOR, VIEWER, 0",
    "OPERATOR, OPERATOR, 0",
    "OPERATOR, ADMIN, 403",
    "ADMIN, VIEWER, 0",
    "ADMIN, OPERATOR, 0",
    "ADMIN, ADMIN, 0",
    ", VIEWER, 401",
    ", OPERATOR, 401",
    ", ADMIN, 401",
  })
  void rolesIncludeEachOther(Role caller, Role required, int status) {
    assertThat(Access.decide(with(curl(), required, Optional.ofNullable(caller))).status())
        .isEqualTo(status);
  }

  @Test
  void whoIsKnownButHasNoRoleIsToldSo() {
    Access.Facts nobody =
        new Access.Facts(
            true,
            Role.VIEWER,
            Optional.of(new Caller("eve", Optional.empty())),
            true,
            true,
            Optional.of(Role.VIEWER),
            HOST,
            null,
            null);

    Access.Verdict verdict = Access.decide(nobody);

    assertThat(verdict.status()).isEqualTo(403);
    assertThat(verdict.reason())
        .isEqualTo("This needs the role viewer; eve has no group of Weir's.");
  }

  @Test
  void aProgramOnThisMachineMayLookWithoutAPassword() {
    assertThat(Access.decide(curl()).isLetIn()).isTrue();
  }

  @Test
  void itMayNotChangeAnything() {
    assertThat(Access.decide(change(HOST, null, null)).status()).isEqualTo(401);
  }

  private static Access.Facts change(String host, String origin, String fetchSite) {
    return new Access.Facts(
        false,
        Role.OPERATOR,
        Optional.empty(),
        false,
        true,
        Optional.of(Role.VIEWER),
        host,
        origin,
        fetchSite);
  }

  @Test
  void aWrongPasswordIsNoBetterThanNone() {
    Access.Facts wrong =
        new Access.Facts(
            true,
            Role.VIEWER,
            Optional.empty(),
            true,
            true,
            Optional.of(Role.VIEWER),
            HOST,
            null,
            null);
    assertThat(Access.decide(wrong).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:8081", "127.0.0.1:8081", "[::1]:8081", "[::1]"})
  void loopbackHasTheseNames(String host) {
    assertThat(Access.decide(read(true, Optional.of(Role.VIEWER), host)).isLetIn()).isTrue();
  }

  private static Access.Facts read(boolean fromLoopback, Optional<Role> onLoopback, String host) {
    return new Access.Facts(
        true, Role.VIEWER, Optional.empty(), false, fromLoopback, onLoopback, host, null, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost.evil.example:8081", "evil.example:8081", ""})
  void anotherNameThatPointsHereIsNotLoopback(String host) {
    assertThat(Access.decide(read(true, Optional.of(Role.VIEWER), host)).status()).isEqualTo(401);
  }

  @Test
  void otherMachinesNeedAPasswordWhateverNameTheyGive() {
    assertThat(Access.decide(read(false, Optional.of(Role.ADMIN), HOST)).status()).isEqualTo(401);
  }

  @Test
  void loopbackCanBeClosed() {
    assertThat(Access.decide(read(true, Optional.empty(), HOST)).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    // a program
    ", , true",
    // the page of the server, in new and in old browsers
    "http://weir.example, same-origin, true",
    "http://weir.example, , true",
    // the address bar
    ", none, true",
    "http://evil.example, cross-site, false",
    "http://evil.example, , false",
    "http://weir.example:9000, same-site, false",
    ", cross-site, false",
    "null, , false",
    "not a uri at all:, , false",
  })
  void nothingIsChangedForAPageOfAnotherSite(String origin, String fetchSite, boolean letIn) {
    Access.Facts facts =
        new Access.Facts(
            false,
            Role.OPERATOR,
            Optional.of(new Caller("somebody", Role.ADMIN)),
            true,
            false,
            Optional.empty(),
            "weir.example",
            origin,
            fetchSite);
    assertThat(Access.decide(facts).status()).isEqualTo(letIn ? 0 : 403);
  }
}
