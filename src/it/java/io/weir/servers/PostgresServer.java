package io.weir.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL in a process of its own; one for all tests of a run. Its programs are an artifact of
 * Maven's. It refuses to be run by root, so root runs it as somebody else.
 */
public final class PostgresServer implements BeforeAllCallback {
  public static final String USER = "weir";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private Running running;

  @Override
  public void beforeAll(ExtensionContext context) {
    running = OncePerRun.of(context, Running.class, Running::start);
  }

  /** Where it listens. */
  public int port() {
    return running.port;
  }

  /** The URL of an empty database that nobody else uses. */
  public String newDatabase() throws SQLException {
    String name = "test" + DATABASES.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(running.url("postgres"), USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return running.url(name);
  }

  /** Lets all its processes do nothing any more; their connections stay open. */
  public void freeze() throws IOException {
    running.process.freezeAll();
  }

  /** Lets what is frozen go on. */
  public void thaw() throws IOException {
    running.process.thawAll();
  }

  /** Kills all its processes, whatever they do. */
  public void kill() throws IOException {
    running.end();
  }

  /** Starts a server that was killed again, with all its data. */
  public void startAgain() throws IOException {
    running.launch();
  }

  private static final class Running implements AutoCloseable {
    private static final String UID = "65534";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /** Ways to be somebody else; the second is for a root that may not change its id. */
    private static final List<List<String>> AS_SOMEBODY_ELSE =
        List.of(
            List.of("setpriv", "--reuid=" + UID, "--regid=" + UID, "--clear-groups"),
            List.of("unshare", "--user"));

    private final Path home;
    private final List<String> asWhom;
    private final int port;
    private ServerProcess process;
    private Process watchdog;

    private Running(Path home, List<String> asWhom, int port) {
      this.home = home;
      this.asWhom = asWhom;
      this.port = port;
    }

    static Running start() {
      try {
        // not below the project's directory, which may be closed to others
        Path home = Files.createTempDirectory("weir-postgres-");
        Running running = new Running(home, asWhom(), ServerProcess.freePort());
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        running.unpack();
        running
            .run(
                "initdb",
                "-D",
                "data",
                "-U",
                USER,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-locale",
                "-N")
            .awaitEnd();
        running.launch();
        return running;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static List<String> asWhom() throws IOException {
      if (!idOf(List.of()).equals("0")) {
        return List.of();
      }
      for (List<String> way : AS_SOMEBODY_ELSE) {
        String id = idOf(way);
        if (!id.isEmpty() && !id.equals("0")) {
          return way;
        }
      }
      throw new IOException(
          "PostgreSQL cannot be run by root, and neither setpriv nor unshare made root somebody"
              + " else; run the tests as another user");
    }

    /** Of the user that a command sees; empty if there is no such command, or it fails. */
    private static String idOf(List<String> prefix) {
      List<String> command = new ArrayList<>(prefix);
      command.addAll(List.of("id", "-u"));
      try {
        Process id =
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        return new String(id.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      } catch (IOException e) {
        return "";
      }
    }

    private void unpack() throws IOException {
      String os = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
      String cpu = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
      String archive = "/postgres-%s-%s.txz".formatted(os, cpu).toLowerCase(Locale.ROOT);
      try (InputStream packed = PostgresServer.class.getResourceAsStream(archive)) {
        if (packed == null) {
          throw new IOException(
              "There is no "
                  + archive
                  + " on the class path: build with -Dpostgres.platform=darwin-amd64,"
                  + " darwin-arm64v8 or linux-arm64v8, whichever this machine is.");
        }
        Process tar =
            new ProcessBuilder("tar", "-x", "-C", home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream to = tar.getOutputStream()) {
          new XZInputStream(packed).transferTo(to);
        }
        if (tar.onExit().join().exitValue() != 0) {
          throw new IOException(archive + " could not be unpacked");
        }
      }
    }

    String url(String database) {
      return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    private ServerProcess run(String program, String... arguments) throws IOException {
      List<String> command = new ArrayList<>(asWhom);
      command.add(home.resolve("bin").resolve(program).toString());
      command.addAll(List.of(arguments));
      return ServerProcess.start("postgres", home, command);
    }

    void launch() throws IOException {
      process =
          run(
              "postgres",
              "-D",
              "data",
              "-p",
              Integer.toString(port),
              "-h",
              "127.0.0.1",
              "-k",
              "",
              // what a killed process has written the kernel still has
              "-c",
              "fsync=off");
      // ends the server should this process be killed: the pipe breaks
      watchdog =
          new ProcessBuilder("sh", "-c", "cat > /dev/null; kill -QUIT " + process.pid()).start();
      process.awaitPort(port);
      awaitRecovery();
    }

    /** After a kill it takes connections, and refuses them, before it is ready. */
    private void awaitRecovery() throws IOException {
      long deadline = System.nanoTime() + START_LIMIT.toNanos();
      SQLException refused = tryToConnect();
      while (refused != null) {
        if (System.nanoTime() > deadline) {
          throw new IOException("PostgreSQL did not become ready", refused);
        }
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
        refused = tryToConnect();
      }
    }

    private SQLException tryToConnect() {
      try (Connection connection = DriverManager.getConnection(url("postgres"), USER, "")) {
        return connection.isValid(1) ? null : new SQLException("not valid");
      } catch (SQLException e) {
        return e;
      }
    }

    void end() throws IOException {
      process.killAll();
      watchdog.destroyForcibly();
    }

    @Override
    public void close() throws IOException {
      end();
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
