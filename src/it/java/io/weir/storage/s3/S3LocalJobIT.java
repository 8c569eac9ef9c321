package io.weir.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.types.Types;
import io.weir.servers.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs in this process that keep their checkpoints in S3. */
@Timeout(120)
class S3LocalJobIT {
  @RegisterExtension static final S3Server SERVER = new S3Server();

  private static final long RECORDS = 200_000;
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Map<Long, Long> RESULT = new ConcurrentHashMap<>();
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  @Test
  void aJobThatFailsGoesOnFromACheckpointInS3() throws Exception {
    String bucket = SERVER.newBucket();
    RESULT.clear();
    FAILED.set(false);
    StreamExecutionEnvironment env = environment("s3://" + bucket + "/checkpoints");
    env.fromSequence(1, RECORDS)
        .map(n -> failOnceAfterACheckpoint(n, bucket))
        .returns(Types.LONG)
        .keyBy(n -> n % 10, Types.LONG)
        .map(n -> 1L)
        .returns(Types.LONG)
        .keyBy(n -> n, Types.LONG)
        .sum(0)
        .map(n -> RESULT.merge(0L, n, Math::max))
        .returns(Types.LONG)
        .filter(n -> n == RECORDS)
        .print();

    env.execute("count");

    assertThat(FAILED).isTrue();
    assertThat(RESULT).containsEntry(0L, RECORDS);
    assertThat(metadataFiles(bucket)).as("kept after the end, which nobody asked for").isZero();
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
    StreamExecutionEnvironment env = environment("s3://" + SERVER.newBucket() + "/checkpoints");
    env.fromSequence(1, 10).print();

    env.execute("short");

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("aws-java-sdk-NettyEventLoop")
          || thread.getName().startsWith("sdk-")) {
        thread.join(15_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  private static StreamExecutionEnvironment environment(String checkpoints) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(SERVER.configuration());
    env.setParallelism(2);
    env.enableCheckpointing(50);
    env.getCheckpointConfig().setCheckpointStorage(checkpoints);
    return env;
  }

  /** Slow until then, so that there will be one. */
  private static long failOnceAfterACheckpoint(long n, String bucket) throws IOException {
    if (n % 100 == 0 && !FAILED.get()) {
      LockSupport.parkNanos(PAUSE.toNanos());
      if (metadataFiles(bucket) > 0 && !FAILED.getAndSet(true)) {
        throw new IOException("planned");
      }
    }
    return n;
  }

  private static long metadataFiles(String bucket) throws IOException {
    try (Stream<Path> files = Files.walk(SERVER.directoryOf(bucket))) {
      return files.filter(file -> file.endsWith("_metadata")).count();
    }
  }
}
