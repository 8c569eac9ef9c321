package io.weir.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A Java process of its own that says how far it is, and can be killed. */
public final class JavaProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final StringBuilder read = new StringBuilder();

  private JavaProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts the {@code main} method of a class.
   *
   * @param options of the virtual machine
   */
  public static JavaProcess start(Class<?> main, List<String> options, String... arguments)
      throws IOException {
    ProcessBuilder builder = ChildJvm.of(main, arguments);
    builder.command().addAll(1, options);
    return new JavaProcess(builder.redirectErrorStream(true).start());
  }

  /**
   * Waits for a line of output that begins with a text.
   *
   * @throws AssertionError if the process ends without it; shows what it has said
   */
  public String await(String text) throws IOException {
    String line;
    while ((line = output.readLine()) != null) {
      read.append(line).append('\n');
      if (line.startsWith(text)) {
        return line;
      }
    }
    throw new AssertionError("the process has ended without saying '" + text + "':\n" + read);
  }

  /** Ends it at once, as {@code kill -9} does, and waits until it has gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As {@link #kill}; what it wrote to may be removed then. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
