package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDataTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(0);

  @TempDir private Path directory;

  @Test
  void bothFilesAreComplete() throws Exception {
    DemoData data = new DemoData(directory.resolve("a/b"));
    try (Stream<String> flights = Files.lines(data.unpack(DemoData.FLIGHTS))) {
      assertThat(flights.skip(1).map(Flight::parse)).hasSize(508_239);
    }
    try (Stream<String> airports = Files.lines(data.unpack(DemoData.AIRPORTS))) {
      assertThat(airports.skip(1).map(Airport::parse)).hasSize(3_376);
    }
    assertThat(directory.resolve("a/b").toFile().list()).hasSize(2);
  }

  @Test
  void aFileThatIsThereIsLeftAlone() throws Exception {
    DemoData data = new DemoData(directory);
    Path file = data.unpack(DemoData.AIRPORTS);
    Files.setLastModifiedTime(file, LONG_AGO);
    assertThat(data.unpack(DemoData.AIRPORTS)).isEqualTo(file);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(LONG_AGO);
  }

  @Test
  void aFileThatIsCutOffOrChangedIsReplaced() throws Exception {
    DemoData data = new DemoData(directory);
    Path file = data.unpack(DemoData.AIRPORTS);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, 1000));
    assertThat(data.unpack(DemoData.AIRPORTS)).hasBinaryContent(whole);
    byte[] changed = whole.clone();
    changed[5000]++;
    Files.write(file, changed);
    assertThat(data.unpack(DemoData.AIRPORTS)).hasBinaryContent(whole);
  }

  @Test
  void aPlaceWhereNothingCanBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> new DemoData(file).unpack(DemoData.AIRPORTS))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("demo.input-dir");
  }
}
