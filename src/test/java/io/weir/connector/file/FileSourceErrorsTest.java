package io.weir.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.types.InvalidTypesException;
import io.weir.api.types.Types;
import io.weir.connector.SourceHarness;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told when an input is not as it should be. */
class FileSourceErrorsTest {
  @TempDir private Path directory;

  @Test
  void aMissingFileIsNamedBeforeAnythingRuns() {
    Path missing = directory.resolve("no.csv");
    assertThatThrownBy(() -> SourceHarness.start(FileSource.forLines(missing).build(), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing.toString())
        .hasMessageContaining("does not exist");
  }

  @Test
  void anUnreadableFileIsNamedBeforeAnythingRuns() throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "1\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Assumptions.assumeFalse(Files.isReadable(file), "the superuser may read everything");
    assertThatThrownBy(() -> SourceHarness.start(FileSource.forLines(file).build(), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("cannot be read");
  }

  @Test
  void aBrokenLineFailsWithFileLineByteAndReason() throws Exception {
    Path file = Files.writeString(directory.resolve("f"), "h\n1\n22\nthree\n4\n");
    for (int size : new int[] {1, 3, 100}) {
      var source =
          FileSource.forRecordFormat(Integer::valueOf, file)
              .withHeaderLine()
              .withSplitSizeBytes(size)
              .build();
      var harness = SourceHarness.start(source, 1);
      assertThatThrownBy(harness::readToEnd)
          .isInstanceOf(BrokenLineException.class)
          .hasMessageContaining("Line 4 (byte 7) of " + file)
          .hasMessageContaining("'three'")
          .hasMessageContaining("NumberFormatException")
          .hasMessageContaining("BrokenLines.SKIP");
      assertThat(harness.values()).containsExactly(1, 22);
    }
  }

  @Test
  void brokenLinesCanBeSkippedAndAreCounted() throws Exception {
    byte[] bytes = "1\nx\n\n2\n?\n12345678\n3".getBytes(StandardCharsets.ISO_8859_1);
    bytes[7] = (byte) 0xE4; // no UTF-8
    Path file = Files.write(directory.resolve("f"), bytes);
    for (int size = 1; size < 22; size++) {
      var source =
          FileSource.forRecordFormat(Integer::valueOf, file)
              .withBrokenLines(BrokenLines.SKIP)
              .withMaxLineBytes(7)
              .withSplitSizeBytes(size)
              .build();
      var harness = SourceHarness.start(source, 1);
      assertThat(harness.readToEnd()).containsExactly(1, 2, 3);
      assertThat(harness.counted("numRecordsInErrors")).isEqualTo(4);
    }
  }

  @Test
  void bytesThatAreNotUtf8AreABrokenLine() throws Exception {
    Path file = Files.write(directory.resolve("f"), new byte[] {'a', '\n', (byte) 0xE4, '\n'});
    assertThatThrownBy(() -> SourceHarness.start(FileSource.forLines(file).build(), 1).readToEnd())
        .hasMessageContaining("Line 2 (byte 2) of " + file + " is not UTF-8");
  }

  @Test
  void theReplacementCharacterItselfIsValid() throws Exception {
    Path file = Files.writeString(directory.resolve("f"), "\uFFFD\n");
    assertThat(SourceHarness.start(FileSource.forLines(file).build(), 1).readToEnd())
        .containsExactly("\uFFFD");
  }

  @Test
  void aLineWithoutEndDoesNotFillTheMemory() throws Exception {
    Path file = Files.writeString(directory.resolve("f"), "a\n" + "x".repeat(1_000_000) + "\nb\n");
    var builder = FileSource.forLines(file).withMaxLineBytes(1000);
    assertThatThrownBy(() -> SourceHarness.start(builder.build(), 1).readToEnd())
        .hasMessageContaining("Line 2 (byte 2)")
        .hasMessageContaining("longer than 1000 bytes");
    var skipping = builder.withBrokenLines(BrokenLines.SKIP).withSplitSizeBytes(77_777).build();
    assertThat(SourceHarness.start(skipping, 1).readToEnd()).containsExactly("a", "b");
  }

  @Test
  void aFileThatBecameShorterIsReported() throws Exception {
    Path file = Files.writeString(directory.resolve("f"), "1\n2\n3\n");
    var harness = SourceHarness.start(FileSource.forLines(file).build(), 1);
    Files.writeString(file, "1\n");
    assertThatThrownBy(harness::readToEnd)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("is shorter than it was");
  }

  @Test
  void aFileThatVanishedIsReportedWithThePosition() throws Exception {
    Path file = Files.writeString(directory.resolve("f"), "1\n2\n3\n");
    var harness = SourceHarness.start(FileSource.forLines(file).build(), 1);
    harness.poll(0);
    harness.poll(0);
    var snapshot = harness.snapshot();
    harness.close();
    Files.delete(file);
    var restored = SourceHarness.restore(FileSource.forLines(file).build(), 1, snapshot);
    assertThatThrownBy(restored::readToEnd)
        .hasMessageContaining(file + " cannot be read at byte 4")
        .hasMessageContaining("NoSuchFileException");
  }

  @Test
  void stateOfAnotherVersionIsRefused() {
    assertThatThrownBy(() -> new FileSplitSerializer().deserialize(2, new byte[0]))
        .hasMessageContaining("version 2")
        .hasMessageContaining("only version 1");
  }

  @Test
  void wrongSettingsAreRefused() {
    var builder = FileSource.forLines(Path.of("f"));
    assertThatThrownBy(() -> builder.withSplitSizeBytes(0)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> builder.withRecordsPerSecond(-1)).hasMessageContaining("not -1.0");
    assertThatThrownBy(() -> builder.withRecordsPerSecond(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> FileSource.forLines(new Path[0])).hasMessageContaining("at least one");
    assertThatThrownBy(() -> FileSource.forLines(URI.create("s3://bucket/x")))
        .hasMessageContaining("s3://bucket/x");
  }

  @Test
  void theTypeOfRecordsFollowsFromTheParser() {
    assertThat(FileSource.forLines(Path.of("f")).build().getProducedType()).isEqualTo(Types.STRING);
    assertThat(FileSource.forRecordFormat(Integer::valueOf, Path.of("f")).build().getProducedType())
        .isEqualTo(Types.INT);
    assertThatThrownBy(
            () ->
                FileSource.<List<String>>forRecordFormat(List::of, Path.of("f"))
                    .build()
                    .getProducedType())
        .isInstanceOf(InvalidTypesException.class)
        .hasMessageContaining("fromSource(source, watermarks, name, typeInformation)");
  }
}
