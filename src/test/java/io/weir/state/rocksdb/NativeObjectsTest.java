package io.weir.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is native is freed: no figure of the heap would show if it were not. */
class NativeObjectsTest {
  private static final int FIRST_CYCLES = 10;
  private static final int FURTHER_CYCLES = 50;

  @TempDir(factory = MemoryDirectory.class)
  private Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void startingAndStoppingBackendsDoesNotMakeTheProcessGrow() throws Exception {
    String line;
    try (JavaProcess process =
        JavaProcess.start(
            RestartCycles.class,
            List.of(
                "-Xms96m",
                "-Xmx96m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"),
            directory.toString(),
            Integer.toString(FIRST_CYCLES),
            Integer.toString(FURTHER_CYCLES))) {
      line = process.await("RESIDENT");
    }
    String[] parts = line.split(" ", -1);
    long before = Long.parseLong(parts[1]);
    long after = Long.parseLong(parts[2]);
    assertThat(after).as("after %d more cycles", FURTHER_CYCLES).isLessThan(before * 105 / 100);
  }
}
