package io.weir.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the JDK tells of another Java process. */
final class Jcmd {
  private static final Path TOOL = Path.of(System.getProperty("java.home"), "bin", "jcmd");

  private final String pid;

  private Jcmd(String pid) {
    this.pid = pid;
  }

  /** A server that this process has started. */
  static Jcmd ofServer(String name) {
    long pid =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().commandLine().orElse("").contains(name))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no process of " + name))
            .pid();
    return new Jcmd(String.valueOf(pid));
  }

  List<String> threads() throws IOException, InterruptedException {
    return run("Thread.print").lines().filter(line -> line.startsWith("\"")).toList();
  }

  /** How many class loaders hold a class of this name, after a garbage collection. */
  long loadersOf(Class<?> type) throws IOException, InterruptedException {
    String unused = run("GC.run");
    return run("VM.class_hierarchy")
        .lines()
        .filter(line -> line.contains("--" + type.getName() + "/"))
        .count();
  }

  private String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(TOOL.toString(), pid);
    builder.command().addAll(List.of(command));
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
