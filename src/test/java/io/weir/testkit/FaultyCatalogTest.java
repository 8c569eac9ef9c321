package io.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.job.local.InMemoryCatalog;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.job.surroundings.JobNameTakenException;
import io.weir.snapshot.JobId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultyCatalogTest {
  private static final JobId JOB = new JobId(1, 1);

  private final InMemoryCatalog behind = new InMemoryCatalog();
  private CatalogFault next = CatalogFault.NONE;
  private final JobCatalog faulty =
      FaultyCatalog.of(behind, method -> method.equals("register") ? next : CatalogFault.NONE);

  @Test
  void withoutAFaultItIsTheCatalogBehindIt() throws Exception {
    faulty.register(JOB, "flights", Map.of(), 1);

    assertThat(faulty.jobs()).isEqualTo(behind.jobs()).hasSize(1);
    assertThatThrownBy(() -> faulty.register(new JobId(2, 2), "flights", Map.of(), 1))
        .isInstanceOf(JobNameTakenException.class);
  }

  @Test
  void aCallThatFailsBeforeHasDoneNothing() {
    next = CatalogFault.FAILS_BEFORE;

    assertThatThrownBy(() -> faulty.register(JOB, "flights", Map.of(), 1))
        .isInstanceOf(CatalogException.class);
    assertThat(behind.jobs()).isEmpty();
  }

  @Test
  void aCallThatFailsAfterHasBeenDone() {
    next = CatalogFault.FAILS_AFTER;

    assertThatThrownBy(() -> faulty.register(JOB, "flights", Map.of(), 1))
        .isInstanceOf(CatalogException.class);
    assertThat(behind.jobs()).hasSize(1);
  }
}
