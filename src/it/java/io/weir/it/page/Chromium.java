package io.weir.it.page;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds the browser, and installs Debian's where that is possible. */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private static final File LOG = new File("target/chromium.log");

  private Chromium() {}

  /** Where it is. */
  static Path find() throws IOException, InterruptedException {
    Optional<Path> found = onPath(NAMES);
    if (found.isEmpty() && mayInstall()) {
      run("apt-get", "update", "-qq");
      run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium");
      found = onPath(NAMES);
    }
    return found.orElseThrow(
        () ->
            new IllegalStateException(
                "The tests of the page need Chromium, and there is none of %s on the PATH. On Debian or Ubuntu: apt-get install chromium. To run the build without them: mvn verify -Dit.test='!PageIT'"
                    .formatted(NAMES)));
  }

  private static Optional<Path> onPath(List<String> names) {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(directory -> names.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean mayInstall() {
    return System.getProperty("user.name").equals("root") && onPath(List.of("apt-get")).isPresent();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    // not our own streams: Maven speaks with the process of the tests through them
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG));
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException(
          String.join(" ", command) + " took more than 10 minutes; see " + LOG);
    }
  }
}
