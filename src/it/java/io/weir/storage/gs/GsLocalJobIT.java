package io.weir.storage.gs;

import io.weir.config.Configuration;
import io.weir.servers.GsServer;
import io.weir.storage.StoredJobContract;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs in this process that keep their checkpoints in Google Cloud Storage. */
class GsLocalJobIT extends StoredJobContract {
  @RegisterExtension static final GsServer SERVER = new GsServer();

  @Override
  protected Configuration configuration() {
    return SERVER.configuration();
  }

  @Override
  protected String newDirectory() {
    return SERVER.newDirectory();
  }
}
