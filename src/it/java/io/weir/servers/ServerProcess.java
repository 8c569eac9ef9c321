package io.weir.servers;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A program in a process of its own. */
public final class ServerProcess implements AutoCloseable {
  private static final Path CLASS_PATHS = Path.of("target", "servers");
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration END_LIMIT = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

  /** Below those that the system gives to whoever asks for any port, as clients do. */
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 10_000;
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a Java program with a class path that the build has written.
   *
   * @param name of the folder below {@code src/it/servers}
   * @param directory in which it runs and writes its log
   */
  public static ServerProcess start(
      String name, Path directory, List<String> jvmOptions, String mainClass, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath(name), mainClass));
    command.addAll(List.of(arguments));
    return start(name, directory, command);
  }

  /**
   * Starts any program.
   *
   * @param name of its log
   * @param directory in which it runs and writes its log
   */
  static ServerProcess start(String name, Path directory, List<String> command) throws IOException {
    Path log = directory.resolve(name + ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new ServerProcess(process, log);
  }

  private static String classPath(String name) throws IOException {
    Path file = CLASS_PATHS.resolve(name + ".classpath");
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      throw new IOException(
          file
              + " is missing. Maven writes it in the phase pre-integration-test; for a run in an"
              + " IDE: mvn invoker:run@server-class-paths",
          e);
    }
  }

  /**
   * A port of this machine that nobody uses, and that nobody is given by chance before the program
   * takes it, or while it is started again. Never the same twice.
   */
  public static int freePort() throws IOException {
    for (int tries = 0; tries < PORTS; tries++) {
      int port = FIRST_PORT + NEXT_PORT.getAndIncrement() % PORTS;
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // somebody has it
      }
    }
    throw new IOException("no port from " + FIRST_PORT + " on is free");
  }

  /** Waits until the program takes connections. */
  public void awaitPort(int port) throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!takesConnections(port)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("the server did not start:\n" + Files.readString(log));
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  private static boolean takesConnections(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          (int) CONNECT_LIMIT.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits until the program has ended by itself. */
  void awaitEnd() throws IOException {
    if (!endsWithin(START_LIMIT) || process.exitValue() != 0) {
      throw new IOException("the program failed:\n" + Files.readString(log));
    }
  }

  /** Lets the program do nothing any more; its connections stay open. */
  public void freeze() throws IOException {
    signal("STOP");
  }

  /** Lets a frozen program go on. */
  public void thaw() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    signal(name, process.toHandle());
  }

  private static void signal(String name, ProcessHandle to) throws IOException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(to.pid())).start();
    kill.onExit().join();
    if (kill.exitValue() != 0 && to.isAlive()) {
      throw new IOException("no signal could be sent to process " + to.pid());
    }
  }

  long pid() {
    return process.pid();
  }

  /** Like {@link #freeze}, with all processes that it has started. */
  void freezeAll() throws IOException {
    // itself first: it then starts no more
    freeze();
    for (ProcessHandle each : process.descendants().toList()) {
      signal("STOP", each);
    }
  }

  /** Lets all that {@link #freezeAll} has frozen go on. */
  void thawAll() throws IOException {
    for (ProcessHandle each : process.descendants().toList()) {
      signal("CONT", each);
    }
    thaw();
  }

  /** Kills the program and all processes that it has started, and waits for their end. */
  void killAll() throws IOException {
    freeze();
    List<ProcessHandle> started = process.descendants().toList();
    close();
    for (ProcessHandle each : started) {
      each.destroyForcibly();
      each.onExit().orTimeout(END_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }
  }

  /** Kills the program and waits for its end. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    if (!endsWithin(END_LIMIT)) {
      throw new IOException("process " + process.pid() + " did not end");
    }
  }

  private boolean endsWithin(Duration limit) throws IOException {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a server was to end", e);
    }
  }
}
