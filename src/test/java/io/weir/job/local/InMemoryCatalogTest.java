package io.weir.job.local;

import io.weir.job.JobCatalog;
import io.weir.testkit.JobCatalogContract;

class InMemoryCatalogTest extends JobCatalogContract {
  @Override
  protected JobCatalog emptyCatalog() {
    return new InMemoryCatalog();
  }
}
