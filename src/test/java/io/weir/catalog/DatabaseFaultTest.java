package io.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DatabaseFaultTest {
  private final RuntimeException timedOut =
      new IllegalStateException("outer", new SQLException("Read timed out", "08006"));

  @Test
  void aFailureHasItsReasonAndWhatCanBeDone() {
    assertThat(DatabaseFault.of("list the jobs", timedOut))
        .hasMessageStartingWith("The catalog could not list the jobs: Read timed out. ")
        .hasMessageContaining("see that it runs");
  }

  @Test
  void whatIsNotAskedHasTheReasonOfThoseBefore() {
    assertThat(DatabaseFault.of("list the jobs", new NotAskedException(timedOut)))
        .hasMessageStartingWith("The catalog could not list the jobs: it was not asked, ")
        .hasMessageContaining("failed with: Read timed out. ")
        .hasMessageContaining("see that it runs");
  }

  @Test
  void whatIsNotAskedBeforeAnythingHasFailedSaysSo() {
    RuntimeException full = new NotAskedException(new IllegalStateException());
    assertThat(DatabaseFault.of("list the jobs", full))
        .hasMessageContaining("too many requests have no answer yet");
  }
}
