package io.weir.servers;

import io.weir.config.Configuration;
import io.weir.config.S3Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** S3Proxy over a directory; one for all tests of a run. */
public final class S3Server implements BeforeAllCallback, HttpStore {
  public static final String ACCESS_KEY = "weir";
  public static final String SECRET_KEY = "a-secret-of-tests";

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private Running running;

  @Override
  public void beforeAll(ExtensionContext context) {
    running = OncePerRun.of(context, Running.class, Running::start);
  }

  static S3Server started() {
    S3Server server = new S3Server();
    server.running = Running.start();
    return server;
  }

  @Override
  public int port() {
    return running.port;
  }

  @Override
  public Configuration configuration(int port) {
    return new Configuration()
        .set(S3Options.ENDPOINT, "http://127.0.0.1:" + port)
        .set(S3Options.PATH_STYLE_ACCESS, true)
        .set(S3Options.ACCESS_KEY, ACCESS_KEY)
        .set(S3Options.SECRET_KEY, SECRET_KEY);
  }

  /** Makes a bucket that nobody else uses. */
  public String newBucket() throws IOException {
    String name = "bucket-" + BUCKETS.incrementAndGet();
    Files.createDirectories(running.data.resolve(name));
    return name;
  }

  @Override
  public String newDirectory() throws IOException {
    return "s3://" + newBucket() + "/checkpoints";
  }

  /** Where a bucket's objects are, as files. */
  public Path directoryOf(String bucket) {
    return running.data.resolve(bucket);
  }

  @Override
  public void stop() throws IOException {
    running.close();
  }

  @Override
  public void close() throws IOException {
    running.close();
  }

  @Override
  public void startAgain() throws IOException {
    running.launch();
  }

  private static final class Running implements AutoCloseable {
    private final Path directory;
    private final Path data;
    private final int port;
    private ServerProcess process;

    private Running(Path directory, int port) {
      this.directory = directory;
      this.data = directory.resolve("data");
      this.port = port;
    }

    static Running start() {
      try {
        Running running =
            new Running(
                Files.createTempDirectory(Path.of("target").toAbsolutePath(), "s3proxy-"),
                ServerProcess.freePort());
        Files.createDirectories(running.data);
        Files.write(
            running.directory.resolve("s3proxy.properties"),
            List.of(
                "s3proxy.endpoint=http://127.0.0.1:" + running.port,
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + ACCESS_KEY,
                "s3proxy.credential=" + SECRET_KEY,
                "s3proxy.ignore-unknown-headers=true",
                "jclouds.provider=filesystem-nio2",
                "jclouds.filesystem.basedir=" + running.data));
        Files.writeString(
            running.directory.resolve("logback.xml"),
            """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d %-5level %logger{30} %msg%n</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="out"/></root>
            </configuration>
            """);
        running.launch();
        return running;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void launch() throws IOException {
      process =
          ServerProcess.start(
              "s3proxy",
              directory,
              List.of(
                  "-Xmx256m", "-Dlogback.configurationFile=" + directory.resolve("logback.xml")),
              "org.gaul.s3proxy.Main",
              "--properties",
              "s3proxy.properties");
      process.awaitPort(port);
    }

    @Override
    public void close() throws IOException {
      process.close();
    }
  }
}
