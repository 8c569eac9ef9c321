package io.weir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessFilterTest {

  @Test
  void theGroupsOfATokenGiveTheRole() {
    assertThat(AccessFilter.byToken(container("eve", Set.of("weir-viewer"))))
        .contains(new Caller("eve", Role.VIEWER));
    assertThat(AccessFilter.byToken(container("eve", Set.of("others", "weir-operator"))))
        .contains(new Caller("eve", Role.OPERATOR));
  }

  @Test
  void ofSeveralGroupsTheHighestCounts() {
    assertThat(AccessFilter.byToken(container("eve", Set.of("weir-viewer", "weir-admin"))))
        .contains(new Caller("eve", Role.ADMIN));
  }

  @Test
  void aTokenThatWasNotFoundValidGivesNothing() {
    assertThat(AccessFilter.byToken(container(null, Set.of("weir-admin")))).isEmpty();
  }

  @Test
  void aTokenWithoutAGroupOfWeirsGivesSomebodyWithoutARole() {
    assertThat(AccessFilter.byToken(container("eve", Set.of("admin", "WEIR-ADMIN"))))
        .contains(new Caller("eve", Optional.empty()));
  }

  private static SecurityContext container(String user, Set<String> groups) {
    return new SecurityContext() {
      @Override
      public Principal getUserPrincipal() {
        return user == null ? null : () -> user;
      }

      @Override
      public boolean isUserInRole(String role) {
        return groups.contains(role);
      }

      @Override
      public boolean isSecure() {
        return true;
      }

      @Override
      public String getAuthenticationScheme() {
        return "MP-JWT";
      }
    };
  }
}
