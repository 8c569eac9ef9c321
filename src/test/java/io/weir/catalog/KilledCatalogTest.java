package io.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.ChildJvm;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database that ships with Weir keeps what it has acknowledged when its process is killed. */
class KilledCatalogTest {
  private static final int KILLS = 4;
  private static final Pattern URL = Pattern.compile("\"(jdbc:h2:file:[^\"]*)\"");

  @TempDir private Path directory;

  /** That of the server's data source. */
  private String url() throws Exception {
    Matcher url = URL.matcher(Files.readString(Path.of("liberty/engine.xml")));
    assertThat(url.find()).isTrue();
    return url.group(1).replace("${weir.data.dir}", directory.toString());
  }

  @Test
  void everyCommitThatWasAcknowledgedIsThereAfterAKill() throws Exception {
    Random random = new Random(1);
    long acknowledged = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      Process process = start();
      try (BufferedReader output = process.inputReader()) {
        String first = output.readLine();
        assertThat(first).as("start %d", kill).startsWith("found ");
        assertThat(idIn(first))
            .as("found after kill %d", kill - 1)
            .isGreaterThanOrEqualTo(acknowledged);
        acknowledged = idIn(first);
        long atLeast = acknowledged + 10 + random.nextInt(100);
        String line = first;
        while (line != null) {
          acknowledged = idIn(line);
          if (acknowledged == atLeast) {
            process.toHandle().destroyForcibly();
          }
          line = output.readLine();
        }
        assertThat(acknowledged).isGreaterThanOrEqualTo(atLeast);
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private static long idIn(String line) {
    return Long.parseLong(line.substring(line.indexOf(' ') + 1));
  }

  private Process start() throws Exception {
    return ChildJvm.of(CommittingProcess.class, url())
        .redirectError(directory.resolve("errors.txt").toFile())
        .start();
  }
}
