package io.weir.connector.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.connector.InputStatus;
import io.weir.connector.SourceHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line is read exactly once, however a file is cut and wherever reading is interrupted. */
class FileSourceSplitsTest {
  private static final String[] PIECES = {"", "a", "bcd", "ä", "€uro", "日本", "😀", "x,y", "\ra"};

  @TempDir private Path directory;

  /** A file, and its lines as someone sees them who reads it as a whole. */
  private record Sample(Path file, int length, List<String> lines) {}

  @Test
  void everyLineIsReadOnceAndInOrderForEverySplitSize() throws Exception {
    for (int seed = 0; seed < 40; seed++) {
      Sample sample = sample(new Random(seed));
      for (int size = 1; size <= sample.length + 1; size++) {
        var harness = SourceHarness.start(lines(size, sample.file), 1);
        assertThat(harness.readToEnd()).as("seed %d, size %d", seed, size).isEqualTo(sample.lines);
      }
    }
  }

  @Test
  void severalReadersTogetherReadEveryLineOnce() throws Exception {
    for (int seed = 0; seed < 40; seed++) {
      Sample sample = sample(new Random(seed));
      for (int size = 1; size <= 20; size++) {
        var harness = SourceHarness.start(lines(size, sample.file), 3);
        assertThat(harness.readToEnd())
            .as("seed %d, size %d", seed, size)
            .containsExactlyInAnyOrderElementsOf(sample.lines);
      }
    }
  }

  @Test
  void aRestoreAtAnyPointContinuesExactlyThere() throws Exception {
    for (int seed = 0; seed < 12; seed++) {
      Sample sample = sample(new Random(seed));
      for (int size : new int[] {1, 2, 3, 5, 8, 13, sample.length + 1}) {
        int polls = 0;
        while (restoresExactly(sample, size, polls, new Random(polls))) {
          polls++;
        }
        assertThat(polls).isGreaterThanOrEqualTo(sample.lines.size());
      }
    }
  }

  /** Reads for some polls, restores with another parallelism, and reads the rest. */
  private boolean restoresExactly(Sample sample, int size, int polls, Random random)
      throws Exception {
    int parallelism = 1 + random.nextInt(3);
    var before = SourceHarness.start(lines(size, sample.file), parallelism);
    boolean readSomething = true;
    for (int i = 0; i < polls; i++) {
      readSomething = false;
      for (int tried = 0; tried < parallelism && !readSomething; tried++) {
        readSomething = before.poll((i + tried) % parallelism) == InputStatus.MORE_AVAILABLE;
      }
    }
    List<String> read = new ArrayList<>(before.values());
    var snapshot = before.snapshot();
    before.close();
    var after = SourceHarness.restore(lines(size, sample.file), 1 + random.nextInt(3), snapshot);
    read.addAll(after.readToEnd());
    assertThat(read)
        .as("size %d, %d polls of %s", size, polls, sample.lines)
        .containsExactlyInAnyOrderElementsOf(sample.lines);
    return readSomething;
  }

  @Test
  void linesLongerThanTheBufferAreReadWhole() throws Exception {
    List<String> lines =
        List.of("€".repeat(100_000), "", "b", "x".repeat((64 << 10) - 1), "y".repeat(64 << 10));
    Path file = write("long", String.join("\r\n", lines));
    for (long size : new long[] {1 << 10, 64 << 10, 1 << 30}) {
      assertThat(SourceHarness.start(lines(size, file), 2).readToEnd())
          .containsExactlyInAnyOrderElementsOf(lines);
    }
  }

  @Test
  void theHeaderOfEachFileIsLeftOut() throws Exception {
    Path one = write("one.csv", "a long header\n1\n2\n");
    Path two = write("two.csv", "header\n3");
    Path three = write("three.csv", "header only");
    for (int size = 1; size < 30; size++) {
      FileSource<String> source =
          FileSource.forLines(one, two, three).withSplitSizeBytes(size).withHeaderLine().build();
      assertThat(SourceHarness.start(source, 1).readToEnd()).containsExactly("1", "2", "3");
    }
  }

  @Test
  void aDirectoryStandsForTheVisibleFilesBelowIt() throws Exception {
    Files.createDirectories(directory.resolve("in/b/_temporary"));
    write("in/c", "3\n");
    write("in/b/1", "1\n");
    write("in/b/2", "2\n");
    write("in/b/.hidden", "no\n");
    write("in/b/_temporary/x", "no\n");
    FileSource<String> source = FileSource.forLines(directory.resolve("in").toUri()).build();
    assertThat(SourceHarness.start(source, 1).readToEnd()).containsExactly("1", "2", "3");
  }

  @Test
  void splitsAreHandedOutInAscendingOrderOneAtATime() throws Exception {
    Path file = write("f", "1\n2\n3\n4\n5\n6\n");
    var harness = SourceHarness.start(lines(2, file), 2);
    for (int i = 0; i < 3; i++) {
      harness.poll(0);
      harness.poll(1);
      assertThat(harness.openSplits(0)).hasSizeLessThanOrEqualTo(1);
    }
    harness.readToEnd();
    for (int subtask = 0; subtask < 2; subtask++) {
      int reader = subtask;
      assertThat(harness.emitted().stream().filter(each -> each.subtask() == reader))
          .isSortedAccordingTo((one, other) -> one.value().compareTo(other.value()));
    }
    assertThat(harness.openSplits(0)).isEmpty();
    assertThat(harness.openSplits(1)).isEmpty();
  }

  @Test
  void everyRestoredSplitHoldsBackTheWatermarkBeforeItIsRead() throws Exception {
    Path file = write("f", "1\n2\n3\n4\n");
    var before = SourceHarness.start(lines(2, file), 3);
    before.poll(0);
    before.poll(1);
    before.poll(2);
    var source = lines(2, file);
    FileSplitSerializer serializer = new FileSplitSerializer();
    List<byte[]> unread = new ArrayList<>();
    for (int i = 3; i >= 1; i--) {
      unread.add(
          serializer.serialize(
              FileSourceSplit.unread(i, file.toUri().toString(), 2L * i, 2L * i + 2)));
    }
    var after = SourceHarness.restore(source, 1, before.snapshot().withSplits(unread));
    after.poll(0);
    assertThat(after.openSplits(0)).hasSize(3);
    assertThat(after.values()).containsExactly("2");
  }

  private FileSource<String> lines(long splitSize, Path... files) {
    return FileSource.forLines(files).withSplitSizeBytes(splitSize).build();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private Sample sample(Random random) throws IOException {
    StringBuilder text = new StringBuilder();
    List<String> lines = new ArrayList<>();
    for (int count = random.nextInt(9); count > 0; count--) {
      StringBuilder line = new StringBuilder();
      for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
        line.append(PIECES[random.nextInt(PIECES.length)]);
      }
      String end = random.nextInt(3) == 0 ? "\r\n" : "\n";
      boolean endIsOptional = count == 1 && !line.isEmpty() && random.nextBoolean();
      lines.add(line.toString());
      text.append(line).append(endIsOptional ? "" : end);
    }
    Path file = write("sample", text.toString());
    return new Sample(file, text.toString().getBytes(UTF_8).length, lines);
  }
}
