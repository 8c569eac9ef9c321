package io.weir.storage.hdfs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.config.Configuration;
import io.weir.servers.HdfsServer;
import io.weir.storage.StoredJobContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs in this process that keep their checkpoints in HDFS. */
class HdfsLocalJobIT extends StoredJobContract {
  @RegisterExtension static final HdfsServer SERVER = new HdfsServer();

  @Override
  protected Configuration configuration() {
    return SERVER.configuration();
  }

  @Override
  protected String newDirectory() {
    return SERVER.newDirectory();
  }

  @Test
  void aClusterThatIsNotThereIsSaidWhenTheJobIsStarted() {
    StreamExecutionEnvironment env = environment("hdfs://127.0.0.1:1/checkpoints");
    env.fromSequence(1, 10).print();

    assertThatThrownBy(() -> env.execute("refused"))
        .hasStackTraceContaining("Checkpoints cannot be kept in hdfs://127.0.0.1:1/checkpoints/")
        .hasStackTraceContaining("Connection refused");
  }
}
