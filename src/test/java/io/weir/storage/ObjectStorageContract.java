package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every kind of storage does. */
public abstract class ObjectStorageContract {
  private ObjectStorage storage;

  /** A storage whose root is empty, or does not exist yet. */
  protected abstract ObjectStorage freshStorage() throws IOException;

  @BeforeEach
  void openStorage() throws IOException {
    storage = freshStorage();
  }

  @Test
  void whatWasCommittedIsReadBack() throws IOException {
    write("chk-1/a", "hello");

    assertThat(read("chk-1/a")).isEqualTo("hello");
    assertThat(storage.length(path("chk-1/a"))).hasValue(5);
  }

  @Test
  void aPartOfAnObjectIsRead() throws IOException {
    byte[] content = new byte[300_000];
    new Random(3).nextBytes(content);
    try (StorageOutput out = storage.create(path("big"))) {
      out.write(content);
      out.commit();
    }

    for (int[] part :
        new int[][] {
          {0, 300_000}, {0, 1}, {299_999, 1}, {100, 0}, {70_000, 200_000}, {299_000, 5_000}
        }) {
      int end = Math.min(content.length, part[0] + part[1]);
      try (InputStream in = storage.open(path("big"), part[0], part[1])) {
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, part[0], end));
      }
    }
    for (int behind : new int[] {300_000, 400_000}) {
      try (InputStream in = storage.open(path("big"), behind, 10)) {
        assertThat(in.read()).isNegative();
      }
    }
    assertThatThrownBy(() -> storage.open(path("nowhere"), 5, 10))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void anEmptyObjectIsAnObject() throws IOException {
    write("empty", "");

    assertThat(read("empty")).isEmpty();
    assertThat(storage.length(path("empty"))).hasValue(0);
  }

  @Test
  void anObjectIsInvisibleUnderItsNameBeforeTheCommit() throws IOException {
    try (StorageOutput out = storage.create(path("a"))) {
      out.write(bytes("half"));

      assertThat(storage.length(path("a"))).isEmpty();
      assertThatThrownBy(() -> storage.open(path("a"))).isInstanceOf(NoSuchFileException.class);
      assertThat(storage.putIfAbsent(path("b"), bytes("other"))).isTrue();
      out.commit();
    }
    assertThat(read("a")).isEqualTo("half");
  }

  @Test
  void closeWithoutCommitLeavesNothing() throws IOException {
    try (StorageOutput out = storage.create(path("dir/a"))) {
      out.write(bytes("thrown away"));
    }

    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
  }

  @Test
  void aCommittedObjectSurvivesTheCloseOfItsOutput() throws IOException {
    StorageOutput out = storage.create(path("a"));
    out.write(bytes("kept"));
    out.commit();
    out.close();
    out.close();

    assertThat(read("a")).isEqualTo("kept");
  }

  @Test
  void anEndedOutputRefusesMore() throws IOException {
    StorageOutput committed = storage.create(path("a"));
    committed.commit();
    StorageOutput closed = storage.create(path("b"));
    closed.close();

    assertThatThrownBy(() -> committed.write(1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("committed");
    assertThatThrownBy(committed::commit).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> closed.write(1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(closed::commit).isInstanceOf(IOException.class);
  }

  @Test
  void aCommitReplacesWhatHadTheName() throws IOException {
    write("a", "a longer old one");
    write("a", "new");

    assertThat(read("a")).isEqualTo("new");
  }

  @Test
  void positionAndChecksumAreThoseOfWhatWasWritten() throws IOException {
    byte[] content = new byte[300_000];
    new Random(7).nextBytes(content);
    CRC32C crc = new CRC32C();
    crc.update(content);
    try (StorageOutput out = storage.create(path("big"))) {
      out.write(content[0]);
      for (int at = 1; at < content.length; at += 1_000) {
        out.write(content, at, Math.min(1_000, content.length - at));
      }
      assertThat(out.position()).isEqualTo(content.length);
      assertThat(out.crc32c()).isEqualTo((int) crc.getValue());
      out.commit();
    }
    try (InputStream in = storage.open(path("big"))) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void writingChecksItsBounds() throws IOException {
    try (StorageOutput out = storage.create(path("a"))) {
      assertThatThrownBy(() -> out.write(new byte[3], 2, 2))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThat(out.position()).isZero();
    }
  }

  @Test
  void putIfAbsentWritesOnce() throws IOException {
    assertThat(storage.putIfAbsent(path("chk-1/_metadata"), bytes("first"))).isTrue();
    assertThat(storage.putIfAbsent(path("chk-1/_metadata"), bytes("second"))).isFalse();

    assertThat(read("chk-1/_metadata")).isEqualTo("first");
    assertThat(storage.list(RelativePath.ROOT)).hasSize(1);
  }

  @Test
  void putIfAbsentRespectsWhatACommitHasWritten() throws IOException {
    write("a", "first");

    assertThat(storage.putIfAbsent(path("a"), bytes("second"))).isFalse();
    assertThat(read("a")).isEqualTo("first");
  }

  @Test
  void ofManyWritersExactlyOnePuts() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 10; round++) {
        String name = "chk-" + round + "/_metadata";
        List<Future<Boolean>> results = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
          byte[] content = bytes("by " + writer);
          results.add(threads.submit(() -> storage.putIfAbsent(path(name), content)));
        }
        int winners = 0;
        for (int writer = 0; writer < 8; writer++) {
          if (results.get(writer).get()) {
            winners++;
            assertThat(read(name)).isEqualTo("by " + writer);
          }
        }
        assertThat(winners).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aDeletedNameIsFreeAgain() throws IOException {
    storage.putIfAbsent(path("a"), bytes("first"));
    storage.delete(List.of(path("a")));

    assertThat(storage.putIfAbsent(path("a"), bytes("second"))).isTrue();
    assertThat(read("a")).isEqualTo("second");
  }

  @Test
  void openingWhatIsNotThereNamesIt() {
    assertThatThrownBy(() -> storage.open(path("dir/nowhere")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("dir/nowhere");
  }

  @Test
  void whatIsNotThereHasNoLength() throws IOException {
    write("dir/a", "x");

    assertThat(storage.length(path("nowhere"))).isEmpty();
    assertThat(storage.length(path("dir"))).isEmpty();
  }

  @Test
  void listFindsEverythingBelowADirectoryByName() throws IOException {
    write("job/chk-2/b", "22");
    write("job/chk-1/a", "1");
    write("job/chk-10/c", "333");
    write("jobs/other", "x");

    assertThat(storage.list(path("job")))
        .extracting(object -> object.path() + ":" + object.sizeBytes())
        .containsExactly("job/chk-1/a:1", "job/chk-10/c:3", "job/chk-2/b:2");
    assertThat(storage.list(RelativePath.ROOT)).hasSize(4);
    assertThat(storage.list(path("job/chk-1"))).hasSize(1);
  }

  @Test
  void listingsOfNothingAreEmpty() throws IOException {
    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
    assertThat(storage.list(path("nowhere"))).isEmpty();
    assertThat(storage.children(RelativePath.ROOT)).isEmpty();
    assertThat(storage.children(path("nowhere"))).isEmpty();
  }

  @Test
  void childrenAreTheNamesDirectlyInADirectory() throws IOException {
    write("job/chk-2/b", "x");
    write("job/chk-1/a", "x");
    write("job/chk-1/deep/a", "x");
    write("job/file", "x");

    assertThat(storage.children(path("job"))).containsExactly("chk-1", "chk-2", "file");
    assertThat(storage.children(RelativePath.ROOT)).containsExactly("job");
  }

  @Test
  void deleteIsIdempotentAndLeavesTheOthers() throws IOException {
    write("job/a", "x");
    write("job/b", "x");
    write("job/c", "x");
    List<RelativePath> doomed =
        List.of(path("job/a"), path("job/nowhere"), path("nodir/x"), path("job/b"));

    storage.delete(doomed);
    storage.delete(doomed);

    assertThat(storage.list(RelativePath.ROOT))
        .extracting(object -> object.path().toString())
        .containsExactly("job/c");
  }

  @Test
  void deleteOfADirectoryNameRemovesNoObjectInIt() throws IOException {
    write("job/a", "x");

    storage.delete(List.of(path("job")));

    assertThat(read("job/a")).isEqualTo("x");
  }

  @Test
  void deleteTreeRemovesADirectoryAndNothingElse() throws IOException {
    write("job/chk-1/_metadata", "x");
    write("job/chk-1/deep/er/a", "x");
    write("job/chk-10/a", "x");

    storage.deleteTree(path("job/chk-1"));
    storage.deleteTree(path("job/chk-1"));
    storage.deleteTree(path("nowhere/chk-1"));

    assertThat(storage.list(RelativePath.ROOT))
        .extracting(object -> object.path().toString())
        .containsExactly("job/chk-10/a");
    assertThat(storage.children(path("job"))).containsExactly("chk-10");
  }

  @Test
  void deleteTreeRemovesUnfinishedObjects() throws IOException {
    StorageOutput out = storage.create(path("job/chk-1/a"));
    out.write(bytes("half"));

    storage.deleteTree(path("job/chk-1"));
    out.close();

    assertThat(storage.list(RelativePath.ROOT)).isEmpty();
  }

  @Test
  void theRootIsNoObjectAndIsNeverDeleted() {
    assertThatThrownBy(() -> storage.create(RelativePath.ROOT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> storage.deleteTree(RelativePath.ROOT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> storage.delete(List.of(RelativePath.ROOT)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesMayHaveSpacesAndPercentSigns() throws IOException {
    write("a dir/50% of it+ü#?", "odd");

    assertThat(read("a dir/50% of it+ü#?")).isEqualTo("odd");
    assertThat(storage.list(RelativePath.ROOT))
        .extracting(object -> object.path().toString())
        .containsExactly("a dir/50% of it+ü#?");
    assertThat(storage.locationOf(path("a dir/50% of it")))
        .isEqualTo(storage.root() + "a%20dir/50%25%20of%20it");
  }

  @Test
  void severalOutputsMayBeOpenAtOnce() throws IOException {
    try (StorageOutput first = storage.create(path("d/1"));
        StorageOutput second = storage.create(path("d/2"))) {
      first.write(bytes("one"));
      second.write(bytes("two"));
      first.write(bytes("one"));
      second.commit();
      first.commit();
    }

    assertThat(read("d/1")).isEqualTo("oneone");
    assertThat(read("d/2")).isEqualTo("two");
  }

  @Test
  void theTimeOfModificationDoesNotGoBack() throws IOException {
    write("a", "x");
    long first = storage.list(RelativePath.ROOT).get(0).modifiedMillis();
    write("a", "y");

    assertThat(first).isPositive();
    assertThat(storage.list(RelativePath.ROOT).get(0).modifiedMillis())
        .isGreaterThanOrEqualTo(first);
  }

  private void write(String name, String content) throws IOException {
    try (StorageOutput out = storage.create(path(name))) {
      out.write(bytes(content));
      out.commit();
    }
  }

  private String read(String name) throws IOException {
    try (InputStream in = storage.open(path(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static RelativePath path(String text) {
    return RelativePath.of(text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
