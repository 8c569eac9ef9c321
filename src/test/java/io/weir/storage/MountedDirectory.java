package io.weir.storage;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small file system of its own for a test; where none can be mounted the test is skipped. */
final class MountedDirectory {
  private MountedDirectory() {}

  /** What is done in the directory. */
  interface Use {
    void with(Path directory) throws Exception;
  }

  static void readOnly(Path directory, Use use) throws Exception {
    mount(directory, "size=64k,ro", use);
  }

  static void ofOneMebibyte(Path directory, Use use) throws Exception {
    mount(directory, "size=1m", use);
  }

  private static void mount(Path directory, String options, Use use) throws Exception {
    Files.createDirectory(directory);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString()),
        "file systems can be mounted here");
    try {
      use.with(directory);
    } finally {
      run("umount", directory.toString());
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(new ArrayList<>(List.of(command)))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException thereIsNoSuchProgram) {
      return false;
    }
  }
}
