package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.servers.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server process that a test starts, kills and stops: a copy of the one that Maven has deployed,
 * with a port, data and settings of its own.
 */
final class WeirServer {
  private static final Path WLP = Path.of(System.getProperty("weir.wlp.home"));
  private static final Path DEPLOYED = WLP.resolve("usr/servers/itServer");
  private static final Path SERVERS = Path.of("target/it-servers").toAbsolutePath();
  private static final Duration STOP_LIMIT = Duration.ofMinutes(4);

  /** Of the other server: its life and its settings. */
  private static final Set<String> NOT_COPIED =
      Set.of("logs", "workarea", "tranlog", "bootstrap.properties");

  private final String name;
  private final Path home;
  private final Path data;
  private final Map<String, String> bootstrap = new TreeMap<>();
  private final Map<String, String> environment = new TreeMap<>();
  private int port;
  private Process process;

  private WeirServer(String name) throws IOException {
    this.name = name;
    this.home = SERVERS.resolve("servers").resolve(name);
    this.data = SERVERS.resolve("data").resolve(name);
    this.port = ServerProcess.freePort();
  }

  /** A server that is not started yet, without any data. */
  static WeirServer named(String name) throws IOException {
    WeirServer server = new WeirServer(name);
    deleteTree(server.home);
    deleteTree(server.data);
    server.copyDeployed();
    server.bootstrap("weir.data.dir", server.data.toString());
    server.bootstrap("weir.config.file", server.configFile().toString());
    server.bootstrap("https.port", String.valueOf(ServerProcess.freePort()));
    return server;
  }

  private void copyDeployed() throws IOException {
    try (Stream<Path> files = Files.walk(DEPLOYED)) {
      for (Path file : files.toList()) {
        Path relative = DEPLOYED.relativize(file);
        Path copy = home.resolve(relative);
        if (NOT_COPIED.contains(relative.getName(0).toString())) {
          continue;
        }
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Sets a variable of the server before it starts. */
  private void bootstrap(String key, String value) {
    bootstrap.put(key, value);
  }

  void listenOn(int otherPort) {
    port = otherPort;
  }

  void environment(String variable, String value) {
    environment.put(variable, value);
  }

  /** Writes {@code weir.properties}. */
  void configure(String properties) throws IOException {
    Files.writeString(configFile(), properties);
  }

  Path configFile() {
    return home.resolve("weir.properties");
  }

  /** Adds elements to the server's configuration. */
  void override(String elements) throws IOException {
    Path overrides = Files.createDirectories(home.resolve("configDropins/overrides"));
    Files.writeString(overrides.resolve("test.xml"), "<server>" + elements + "</server>");
  }

  /** Copies the jar of a class into a folder of the server. */
  void addLibrary(String folder, Class<?> of) throws IOException {
    Path jar =
        Path.of(URI.create(of.getProtectionDomain().getCodeSource().getLocation().toString()));
    Files.copy(jar, home.resolve(folder).resolve(jar.getFileName()));
  }

  Path data() {
    return data;
  }

  /** What {@code scripts/verify-demo} says of the demo job's output; fails if that is not right. */
  String verifyDemo() throws IOException, InterruptedException {
    Process oracle =
        new ProcessBuilder(
                "scripts/verify-demo", "--output", data().resolve("demo/output").toString())
            .redirectErrorStream(true)
            .start();
    String verdict = new String(oracle.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(oracle.waitFor()).as(verdict).isZero();
    return verdict;
  }

  Rest rest() {
    return new Rest("http://localhost:" + port);
  }

  void start() throws IOException {
    bootstrap("http.port", String.valueOf(port));
    List<String> lines = new ArrayList<>();
    bootstrap.forEach((key, value) -> lines.add(key + "=" + value));
    Files.write(home.resolve("bootstrap.properties"), lines);
    // in the foreground: the script becomes the server's process
    ProcessBuilder builder =
        new ProcessBuilder(WLP.resolve("bin/server").toString(), "run", name)
            .redirectErrorStream(true)
            .redirectOutput(SERVERS.resolve(name + ".out").toFile());
    builder.environment().put("WLP_USER_DIR", SERVERS.toString());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** SIGKILL: nothing in the process can prepare for it. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, upon which the server comes to its end in good order. */
  void stop() throws IOException, InterruptedException {
    process.destroy();
    assertThat(process.waitFor(STOP_LIMIT.toMinutes(), TimeUnit.MINUTES)).as("ended").isTrue();
    assertThat(log())
        .as("without waiting for anybody in vain")
        .contains("CWWKE1101I")
        .as("nothing is begun for an application that is gone")
        .doesNotContain("CWWKC1013E");
  }

  /** What the server has logged since its last start. */
  String log() throws IOException {
    Path messages = home.resolve("logs/messages.log");
    return Files.exists(messages) ? Files.readString(messages) : "";
  }

  /** Kills it if it still runs. */
  void close() throws InterruptedException {
    if (isAlive()) {
      kill();
    }
  }
}
