package io.weir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.rest.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserFileTest {
  @TempDir private Path data;
  private UserFile file;

  @BeforeEach
  void open() {
    file = new UserFile(data.resolve("security"), new SecureRandom());
  }

  @Test
  void theFirstStartMakesAnAdministratorWithARandomPassword() throws Exception {
    Map<String, UserFile.User> users = file.load();

    String password = Files.readString(file.firstPassword()).strip();
    assertThat(password).hasSizeGreaterThanOrEqualTo(24);
    assertThat(users.get("admin").role()).isEqualTo(Role.ADMIN);
    assertThat(users.get("admin").password().matches(password)).isTrue();
    assertThat(users.get("admin").password().matches(password + "x")).isFalse();
    assertThat(Files.readString(file.users())).doesNotContain(password);
  }

  @Test
  void nobodyElseCanReadTheFiles() throws Exception {
    file.load();
    for (Path each : new Path[] {file.users(), file.firstPassword()}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void theNextStartReadsThemAndMakesNoNewPassword() throws Exception {
    file.load();
    String password = Files.readString(file.firstPassword()).strip();
    Files.delete(file.firstPassword());

    assertThat(file.load().get("admin").password().matches(password)).isTrue();
    assertThat(file.firstPassword()).doesNotExist();
  }

  @Test
  void aNewPasswordIsReplacedByItsHash() throws Exception {
    file.load();
    Files.writeString(file.users(), "eve = operator, plain:open sesame\n");

    assertThat(file.load().get("eve").role()).isEqualTo(Role.OPERATOR);
    assertThat(Files.readString(file.users())).doesNotContain("sesame").contains("eve=operator,");
    assertThat(file.load().get("eve").password().matches("open sesame")).isTrue();
  }

  @Test
  void aLineThatCannotBeUnderstoodIsNamedWithoutItsPassword() throws Exception {
    file.load();
    Files.writeString(file.users(), "eve=king,plain:sesame\n");

    assertThatThrownBy(() -> file.load())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'eve'", "viewer, operator, admin")
        .hasMessageNotContaining("sesame");
  }
}
