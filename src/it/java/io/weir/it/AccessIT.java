package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rest.ResourceRoles;
import io.weir.rest.ResourceRoles.Row;
import io.weir.rest.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Who is let in, with a password, with a token, and with neither: on every resource. Requests say
 * that a proxy has passed them on, so that they do not count as coming from the server's own
 * machine.
 */
class AccessIT {
  private static final Path DATA = Path.of("target/it-data/server");
  private static final Path LOG =
      Path.of(System.getProperty("weir.wlp.home"), "usr/servers/itServer/logs/messages.log");
  private static final String ELSEWHERE = "X-Forwarded-For";

  private static KeyPair keys;

  private final Rest rest = new Rest("http://localhost:" + System.getProperty("weir.http.port"));

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = Token.newKeys();
    Token.writePublicKey(keys, DATA.resolve("token-key.pem"));
  }

  @Test
  void withoutPasswordAndTokenNothingIsAnswered() throws Exception {
    for (Row row : ResourceRoles.table()) {
      Rest.Answer answer = send(row, Map.of());
      assertThat(answer.status()).as("%s", row).isEqualTo(401);
      assertThat(answer.error()).as("%s", row).contains("password");
    }
  }

  @Test
  void whoMayLookMayNotDoAnythingElse() throws Exception {
    isRefused("weir-viewer", row -> row.role() != Role.VIEWER);
  }

  @Test
  void whoOperatesMayNotAdminister() throws Exception {
    isRefused("weir-operator", row -> row.role() == Role.ADMIN);
  }

  private void isRefused(String group, Predicate<Row> forbidden) throws Exception {
    Map<String, String> token = bearer(Token.of(keys, group).signed());
    List<Row> rows = ResourceRoles.table().stream().filter(forbidden).toList();
    assertThat(rows).isNotEmpty();
    for (Row row : rows) {
      Rest.Answer answer = send(row, token);
      assertThat(answer.status()).as("%s", row).isEqualTo(403);
      assertThat(answer.error()).as("%s", row).contains("eve@example");
    }
  }

  @Test
  void whatARoleMayIsAnswered() throws Exception {
    for (Row row : ResourceRoles.table()) {
      if (row.method().equals("GET")) {
        String group = "weir-" + row.role().name().toLowerCase(Locale.ROOT);
        Rest.Answer answer = send(row, bearer(Token.of(keys, "others", group).signed()));
        assertThat(answer.status()).as("%s", row).isNotIn(401, 403);
      }
    }
  }

  @Test
  void aTokenThatIsNotGoodIsNoBetterThanNone() throws Exception {
    Map<String, String> bad =
        Map.of(
            "expired",
            Token.of(keys, "weir-admin").with("exp", 1_000_000).signed(),
            "of another issuer",
            Token.of(keys, "weir-admin").with("iss", "https://other.example").signed(),
            "with another key",
            Token.of(Token.newKeys(), "weir-admin").signed(),
            "not signed",
            Token.of(keys, "weir-admin").unsigned(),
            "no token at all",
            "weir-admin");
    for (Map.Entry<String, String> each : bad.entrySet()) {
      Rest.Answer answer = rest.send("GET", "/jobs", "", elsewhere(bearer(each.getValue())));
      assertThat(answer.status()).as(each.getKey()).isEqualTo(401);
    }
  }

  @Test
  void aGoodTokenOfAGroupThatIsNotWeirsIsOfSomebodyWhoMayDoNothing() throws Exception {
    String token = Token.of(keys, "admin").signed();
    assertThat(rest.send("GET", "/jobs", "", elsewhere(bearer(token))).status()).isEqualTo(403);
  }

  @Test
  void theFirstPasswordOpensTheServer() throws Exception {
    String password = Files.readString(DATA.resolve("security/initial-admin-password")).strip();
    assertThat(rest.send("GET", "/jobs", "", elsewhere(basic(password))).status()).isEqualTo(200);
    assertThat(rest.send("GET", "/jobs", "", elsewhere(basic(password + "x"))).status())
        .isEqualTo(401);
    assertThat(Files.readString(LOG))
        .as("a password is no reason to log an error about the container's own users")
        .contains("CWWKF0011I")
        .doesNotContain("CWWKS3005E:");
  }

  @Test
  void aPageOfAnotherSiteChangesNothingEvenWithAGoodToken() throws Exception {
    Rest.Answer answer =
        rest.send(
            "POST",
            "/weir/v1/taskmanagers/none/lose",
            "",
            Map.of(
                "Authorization",
                "Bearer " + Token.of(keys, "weir-admin").signed(),
                "Origin",
                "https://other.example"));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.error()).contains("another site");
  }

  private Rest.Answer send(Row row, Map<String, String> headers) throws Exception {
    return rest.send(
        row.method(),
        row.examplePath(),
        row.method().equals("GET") ? "" : "{}",
        elsewhere(headers));
  }

  private static Map<String, String> elsewhere(Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put(ELSEWHERE, "192.0.2.1");
    return all;
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  private static Map<String, String> basic(String password) {
    String pair = "admin:" + password;
    return Map.of(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }
}
