package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about what only the source shows. */
class SourceRulesTest {
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Path TESTS = Path.of("src", "test", "java");

  /**
   * Packages, with those below them, and files in which a lock of the language is the right tool.
   */
  private static final Set<String> LOCKS =
      Set.of(
          "io/weir/engine/channel",
          "io/weir/catalog",
          "io/weir/state/rocksdb",
          // subtasks write to the same files at once: that is what they are for
          "io/weir/storage/MergedFiles.java",
          "io/weir/storage/MergedSpace.java",
          // an attempt takes another one's place between two pieces, while a reader takes them
          "io/weir/storage/s3/S3Range.java");

  private static final Pattern COMMENT_OR_TEXT =
      Pattern.compile("//[^\n]*|/\\*.*?\\*/|\"(\\\\.|[^\"\\\\\n])*\"", Pattern.DOTALL);

  private static final Pattern LOCK = Pattern.compile("\\bsynchronized\\b");
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
  private static final Pattern SLEEP = Pattern.compile("\\b(Thread|TimeUnit\\.[A-Z]+)\\.sleep\\(");

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    List<Path> silent =
        sources(MAIN)
            .map(Path::getParent)
            .distinct()
            .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
            .toList();
    assertThat(silent)
        .as("give each of these packages a package-info.java: what it is for, whose threads use it")
        .isEmpty();
  }

  @Test
  void everyPieceOfMutableStateHasOneOwner() throws IOException {
    List<Path> locking =
        sources(MAIN)
            .filter(file -> LOCKS.stream().noneMatch(MAIN.relativize(file)::startsWith))
            .filter(file -> LOCK.matcher(codeOf(file)).find())
            .toList();
    assertThat(locking)
        .as("instead of synchronized: give the state to one thread, and hand over by queue")
        .isEmpty();
  }

  @Test
  void nothingIsLeftForLater() throws IOException {
    List<Path> unfinished =
        sources(MAIN).filter(file -> UNFINISHED.matcher(textOf(file)).find()).toList();
    assertThat(unfinished).as("do it, or open an issue and take the comment out").isEmpty();
  }

  @Test
  void noTestWaitsForTimeToPass() throws IOException {
    List<Path> sleeping =
        sources(TESTS).filter(file -> SLEEP.matcher(codeOf(file)).find()).toList();
    assertThat(sleeping)
        .as(
            "instead of sleeping: step the tasks by hand, or wait for the event itself with a limit")
        .isEmpty();
  }

  @Test
  void commentsAndTextsAreNoCode() {
    assertThat(withoutComments("a /* synchronized */ b // synchronized\n \"synchronized\" c"))
        .doesNotContain("synchronized")
        .contains("a", "b", "c");
    assertThat(LOCK.matcher(withoutComments("  synchronized (this) {")).find()).isTrue();
  }

  private static Stream<Path> sources(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
    }
  }

  private static String codeOf(Path file) {
    return withoutComments(textOf(file));
  }

  private static String withoutComments(String source) {
    return COMMENT_OR_TEXT.matcher(source).replaceAll(" ");
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
