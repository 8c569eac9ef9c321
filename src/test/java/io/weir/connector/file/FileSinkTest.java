package io.weir.connector.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.file.SinkHarness.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader of the files {@code part-*} sees, whatever happens to the job. */
class FileSinkTest {
  @TempDir private Path temporary;
  private Path directory;
  private FileSink<String> sink;

  @BeforeEach
  void createSink() {
    directory = temporary.resolve("a/b");
    sink = FileSink.<String>forRowFormat(directory, line -> line).build();
  }

  @Test
  void linesAreVisibleOnlyAfterTheirCheckpointIsComplete() throws Exception {
    SinkHarness job = start(1, Snapshot.NONE);
    job.write(0, "one");
    job.write(0, "zwei €");
    assertThat(visible()).isEmpty();
    job.checkpoint();
    assertThat(visible()).isEmpty();
    job.commit();
    assertThat(visible()).containsExactly("one", "zwei €");
    assertThat(hidden()).isEmpty();
  }

  @Test
  void aCheckpointWithoutLinesMakesNoFile() throws Exception {
    SinkHarness job = start(2, Snapshot.NONE);
    job.checkpoint();
    job.commit();
    assertThat(files()).isEmpty();
  }

  @Test
  void committingAgainHasNoEffect() throws Exception {
    SinkHarness job = start(2, Snapshot.NONE);
    job.write(0, "a");
    job.write(1, "b");
    Snapshot snapshot = job.checkpoint();
    job.commit();
    start(2, snapshot);
    start(1, snapshot);
    assertThat(visible()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void whenAConsumerTookAFileAway_thenCommittingAgainAfterARestartHasNoEffect() throws Exception {
    SinkHarness job = start(1, Snapshot.NONE);
    job.write(0, "a");
    Snapshot snapshot = job.checkpoint();
    job.commit();
    Files.delete(files().get(0));
    start(1, snapshot);
    assertThat(files()).isEmpty();
  }

  @Test
  void whenAPendingFileDisappears_thenTheCommitFails() throws Exception {
    SinkHarness job = start(1, Snapshot.NONE);
    job.write(0, "a");
    job.checkpoint();
    Files.delete(hidden().get(0));
    assertThatThrownBy(job::commit)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("has disappeared");
  }

  @Test
  void whenAPendingFileIsDamaged_thenItDoesNotBecomeVisible() throws Exception {
    SinkHarness job = start(1, Snapshot.NONE);
    job.write(0, "abc");
    Snapshot snapshot = job.checkpoint();
    Files.writeString(hidden().get(0), "a");
    assertThatThrownBy(() -> start(1, snapshot))
        .hasMessageContaining("1 bytes, but 4 were written");
    assertThat(visible()).isEmpty();
  }

  @Test
  void whatWasBegunAfterTheRestoredCheckpointIsRemoved() throws Exception {
    SinkHarness first = start(2, Snapshot.NONE);
    first.write(0, "a");
    first.write(1, "b");
    Snapshot snapshot = first.checkpoint();
    first.commit(0);
    first.write(0, "lost");
    first.write(1, "lost");
    first.prepare(0);
    first.write(0, "lost");

    SinkHarness second = start(2, snapshot);
    assertThat(visible()).containsExactlyInAnyOrder("a", "b");
    assertThat(hidden()).isEmpty();
    second.write(0, "lost");
    second.write(1, "lost");
    second.prepare(1);

    start(1, snapshot);
    assertThat(visible()).containsExactlyInAnyOrder("a", "b");
    assertThat(hidden()).isEmpty();
  }

  @Test
  void aSubtaskThatRestoresFirstLeavesAloneWhatAnotherHasYetToCommit() throws Exception {
    SinkHarness first = start(3, Snapshot.NONE);
    for (int i = 0; i < 3; i++) {
      first.write(i, "line " + i);
    }
    Snapshot snapshot = first.checkpoint();
    SinkHarness second = new SinkHarness(sink, "job", 3, snapshot);
    second.open(2);
    second.write(2, "line 3");
    second.open(0);
    second.write(0, "line 4");
    second.open(1);
    second.checkpoint();
    second.commit();
    assertThat(visible())
        .containsExactlyInAnyOrder("line 0", "line 1", "line 2", "line 3", "line 4");
  }

  @Test
  void anotherJobThatStartsFromTheSnapshotLeavesTheFilesAlone() throws Exception {
    SinkHarness job = start(1, Snapshot.NONE);
    job.write(0, "a");
    Snapshot snapshot = job.checkpoint();
    job.commit();
    job.write(0, "b");
    SinkHarness copy = new SinkHarness(sink, "another job", 1, snapshot);
    copy.open();
    copy.write(0, "c");
    job.checkpoint();
    job.commit();
    copy.checkpoint();
    copy.commit();
    assertThat(visible()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void anOrderlyStopLeavesNothingUnfinishedBehind() throws Exception {
    sink =
        FileSink.<String>forRowFormat(directory, line -> line)
            .withRollingPolicy(RollingPolicy.onCheckpoint().withMaxPartSizeBytes(1))
            .build();
    SinkHarness job = start(1, Snapshot.NONE);
    job.write(0, "a");
    job.write(0, "b");
    job.close();
    assertThat(files()).isEmpty();
  }

  @Test
  void filesAreRolledBySizeAndAgeAsWell() throws Exception {
    sink =
        FileSink.<String>forRowFormat(directory, line -> line)
            .withRollingPolicy(
                RollingPolicy.onCheckpoint()
                    .withMaxPartSizeBytes(5)
                    .withRolloverInterval(Duration.ofSeconds(10)))
            .build();
    SinkHarness job = start(1, Snapshot.NONE);
    job.write(0, "12");
    job.write(0, "345");
    job.write(0, "6");
    job.time().setTo(11_000);
    job.write(0, "7");
    job.checkpoint();
    job.commit();
    List<String> contents = new ArrayList<>();
    for (Path file : files()) {
      contents.add(Files.readString(file));
    }
    assertThat(contents).containsExactlyInAnyOrder("12\n345\n", "6\n", "7\n");
  }

  @Test
  void linesLongerThanTheBufferAreWrittenWhole() throws Exception {
    SinkHarness job = start(1, Snapshot.NONE);
    List<String> lines = new ArrayList<>();
    for (int length : new int[] {0, 65_535, 65_536, 65_537, 200_000, 3}) {
      lines.add("x".repeat(length));
      job.write(0, lines.get(lines.size() - 1));
    }
    job.checkpoint();
    job.commit();
    assertThat(visible()).containsExactlyElementsOf(lines);
  }

  /**
   * Crashes at every point of a life with checkpoints, and lives on from the newest complete one.
   */
  @Test
  void whereverTheJobCrashes_everyLineIsVisibleOnceInTheEnd() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      directory = temporary.resolve("seed-" + seed);
      sink = FileSink.<String>forRowFormat(directory, line -> line).build();
      new Life(new Random(seed), 60).liveToTheEnd(seed);
    }
  }

  private final class Life {
    private final Random random;
    private final int lines;
    private Snapshot complete;
    private int position;
    private int positionOfComplete;

    private Life(Random random, int lines) {
      this.random = random;
      this.lines = lines;
    }

    private void liveToTheEnd(int seed) throws Exception {
      for (int attempt = 0; !runAttempt(attempt >= 12); attempt++) {
        assertThat(visible())
            .as("seed %d after attempt %d", seed, attempt)
            .doesNotHaveDuplicates()
            .isSubsetOf(numbered(positionOfComplete));
      }
      assertThat(visible())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(numbered(lines));
    }

    /** True if it came to the end; otherwise it crashed somewhere. */
    private boolean runAttempt(boolean lucky) throws Exception {
      int parallelism = 1 + random.nextInt(3);
      SinkHarness job = new SinkHarness(sink, "job", parallelism, complete);
      position = complete == null ? 0 : positionOfComplete;
      for (int i = 0; i < parallelism; i++) {
        if (crashes(lucky)) {
          return false;
        }
        job.open(i);
      }
      while (true) {
        for (int count = random.nextInt(8); count > 0 && position < lines; count--) {
          job.write(random.nextInt(parallelism), "line " + position++);
        }
        if (crashes(lucky) || !checkpoint(job, parallelism, lucky)) {
          return false;
        }
        if (position == lines) {
          return true;
        }
      }
    }

    private boolean checkpoint(SinkHarness job, int parallelism, boolean lucky) throws Exception {
      for (int i = 0; i < parallelism; i++) {
        job.prepare(i);
        if (crashes(lucky)) {
          return false;
        }
      }
      Snapshot snapshot = job.snapshot();
      if (crashes(lucky)) {
        return false;
      }
      complete = snapshot;
      positionOfComplete = position;
      if (random.nextInt(5) == 0 && position < lines) {
        return true; // the notification is late: the next one covers both
      }
      for (int i = 0; i < parallelism; i++) {
        if (crashes(lucky)) {
          return false;
        }
        job.commit(i);
      }
      return true;
    }

    private boolean crashes(boolean lucky) {
      return !lucky && random.nextInt(12) == 0;
    }

    private List<String> numbered(int count) {
      return Stream.iterate(0, i -> i + 1).limit(count).map(i -> "line " + i).toList();
    }
  }

  @Test
  void aDirectoryThatIsAFileIsReported() throws Exception {
    Files.writeString(temporary.resolve("a"), "");
    assertThatThrownBy(() -> start(1, Snapshot.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("cannot be created");
  }

  @Test
  void aDirectoryThatMayNotBeWrittenIsReported() throws Exception {
    Files.createDirectories(directory);
    Assumptions.assumeTrue(directory.toFile().setWritable(false));
    Assumptions.assumeFalse(Files.isWritable(directory), "the superuser may write everywhere");
    assertThatThrownBy(() -> start(1, Snapshot.NONE))
        .hasMessageContaining("No files can be created in the output directory " + directory);
  }

  @Test
  void aFullDiskIsReportedWithFileAndRoom() throws Exception {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "the device that is always full");
    Path next = temporary.resolve("f");
    PartFile file = new PartFile(FileChannel.open(full, StandardOpenOption.WRITE), next, 0);
    file.writeLine("a".getBytes(UTF_8));
    assertThatThrownBy(file::finish)
        .hasMessageContaining(next + " cannot be written after byte 2")
        .hasMessageContaining("No space left")
        .hasMessageContaining("bytes left on the device");
  }

  @Test
  void aRecordOfWhichNoLineCanBeMadeIsReported() throws Exception {
    sink =
        FileSink.<String>forRowFormat(
                directory,
                line -> {
                  throw new IllegalStateException("no way");
                })
            .build();
    SinkHarness job = start(1, Snapshot.NONE);
    assertThatThrownBy(() -> job.write(0, "x"))
        .hasMessageContaining("record 'x'")
        .hasMessageContaining("no way");
  }

  private SinkHarness start(int parallelism, Snapshot restored) throws Exception {
    SinkHarness job = new SinkHarness(sink, "job", parallelism, restored);
    job.open();
    return job;
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> hidden() {
    return files().stream().filter(file -> isHidden(file.getFileName().toString())).toList();
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") && name.contains("inprogress");
  }

  /** The lines of all files {@code part-*}; a torn line would be among them. */
  private List<String> visible() {
    List<String> lines = new ArrayList<>();
    for (Path file : files()) {
      if (file.getFileName().toString().startsWith("part-")) {
        try {
          lines.addAll(Files.readAllLines(file));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return lines;
  }
}
