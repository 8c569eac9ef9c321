package io.weir.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs for Node.js, installed by what their lock file says, each package by its checksum. */
final class NodePackages {
  private static final List<String> FILES = List.of("package.json", "package-lock.json");
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private NodePackages() {}

  /**
   * Installs them, unless an earlier build has; and Node.js itself where that is possible.
   *
   * @param source folder with {@code package.json} and {@code package-lock.json}
   * @return the folder with the modules
   */
  static Path install(Path source) throws IOException {
    if (!isOnPath("npm") && isOnPath("apt-get") && System.getProperty("user.name").equals("root")) {
      run(Path.of("."), "apt-get", "update", "-qq");
      run(Path.of("."), "apt-get", "install", "-y", "-qq", "--no-install-recommends", "npm");
    }
    if (!isOnPath("npm")) {
      throw new IOException(
          "This test needs Node.js, and there is no npm on the PATH. On Debian or Ubuntu: apt-get"
              + " install npm. To run the build without it: mvn verify -Dit.test='!Gs*IT'");
    }
    Path target = Path.of("target", "servers", source.getFileName().toString()).toAbsolutePath();
    Path installed = target.resolve("installed.json");
    Files.createDirectories(target);
    byte[] wanted = Files.readAllBytes(source.resolve("package-lock.json"));
    if (!Files.exists(installed) || !Arrays.equals(Files.readAllBytes(installed), wanted)) {
      for (String file : FILES) {
        Files.write(target.resolve(file), Files.readAllBytes(source.resolve(file)));
      }
      run(target, "npm", "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund");
      Files.write(installed, wanted);
    }
    return target.resolve("node_modules");
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static void run(Path directory, String... command) throws IOException {
    String text = String.join(" ", command);
    Path log = Files.createTempFile("weir-packages-", ".log");
    // not our own streams: Maven speaks with the process of the tests through them
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(text + " failed:\n" + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted during " + text, e);
    } finally {
      process.destroyForcibly();
      Files.delete(log);
    }
  }
}
