package io.weir.job.local;

import io.weir.job.surroundings.JobCatalog;
import io.weir.testkit.JobCatalogContract;

class InMemoryCatalogTest extends JobCatalogContract {
  @Override
  protected JobCatalog emptyCatalog() {
    return new InMemoryCatalog();
  }
}
