package io.weir.servers;

import io.weir.config.Configuration;
import io.weir.config.GsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The storage emulator of Google's firebase-tools, made a server of Google Cloud Storage's JSON API
 * by {@code src/it/servers/gcs/server.js}; one for all tests of a run. A bucket comes into being
 * when it is named.
 */
public final class GsServer implements BeforeAllCallback, HttpStore {
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private Running running;

  @Override
  public void beforeAll(ExtensionContext context) {
    running = OncePerRun.of(context, Running.class, Running::start);
  }

  static GsServer started() {
    GsServer server = new GsServer();
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
        .set(GsOptions.ROOT_URL, "http://127.0.0.1:" + port)
        .set(GsOptions.AUTHENTICATED, false);
  }

  /** The name of a bucket that nobody else uses. */
  public String newBucket() {
    return "bucket-" + BUCKETS.incrementAndGet();
  }

  @Override
  public String newDirectory() {
    return "gs://" + newBucket() + "/checkpoints";
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
    private final Path modules;
    private final Path directory;
    private final int port;
    private ServerProcess process;

    private Running(Path modules, Path directory, int port) {
      this.modules = modules;
      this.directory = directory;
      this.port = port;
    }

    static Running start() {
      try {
        Running running =
            new Running(
                NodePackages.install(Path.of("src", "it", "servers", "gcs")),
                Files.createTempDirectory(Path.of("target").toAbsolutePath(), "gcs-"),
                ServerProcess.freePort());
        running.launch();
        return running;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void launch() throws IOException {
      process =
          ServerProcess.start(
              "gcs",
              directory,
              List.of(
                  "node",
                  Path.of("src", "it", "servers", "gcs", "server.js").toAbsolutePath().toString(),
                  modules.toString(),
                  Integer.toString(port),
                  directory.resolve("data").toString()));
      process.awaitPort(port);
    }

    @Override
    public void close() throws IOException {
      process.close();
    }
  }
}
