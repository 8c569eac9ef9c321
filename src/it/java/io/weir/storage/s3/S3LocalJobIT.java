package io.weir.storage.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.config.Configuration;
import io.weir.servers.S3Server;
import io.weir.storage.StoredJobContract;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs in this process that keep their checkpoints in S3. */
class S3LocalJobIT extends StoredJobContract {
  @RegisterExtension static final S3Server SERVER = new S3Server();

  @Override
  protected Configuration configuration() {
    return SERVER.configuration();
  }

  @Override
  protected String newDirectory() throws IOException {
    return SERVER.newDirectory();
  }

  @Test
  void aBucketThatIsNotThereIsSaidWhenTheJobIsStarted() {
    StreamExecutionEnvironment env = environment("s3://nowhere/checkpoints");
    env.fromSequence(1, 10).print();

    assertThatThrownBy(() -> env.execute("refused"))
        .hasStackTraceContaining("Checkpoints cannot be kept in s3://nowhere/checkpoints/")
        .hasStackTraceContaining("The bucket of")
        .hasStackTraceContaining("Create it");
  }

  @Test
  void whenTheJobHasEnded_thenNoThreadOfTheSdkIsLeft() throws Exception {
    StreamExecutionEnvironment env = environment(newDirectory());
    env.fromSequence(1, 10).print();
    Set<Thread> before = Thread.getAllStackTraces().keySet();

    env.execute("short");

    Set<Thread> ofTheSdk = new HashSet<>(Thread.getAllStackTraces().keySet());
    ofTheSdk.removeAll(before);
    ofTheSdk.removeIf(thread -> !thread.getName().matches("(sdk|aws)-.*"));
    for (Thread thread : ofTheSdk) {
      thread.join();
    }
  }
}
