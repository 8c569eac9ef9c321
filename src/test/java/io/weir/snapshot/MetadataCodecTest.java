package io.weir.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.testkit.SampleSnapshots;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class MetadataCodecTest {
  private static final String DIRECTORY =
      "file:///checkpoints/0123456789abcdef0011223344556677/chk-7";
  private static final String BASE = DIRECTORY + "/";
  private static final SnapshotMetadata SAMPLE = SampleSnapshots.checkpoint(7, DIRECTORY);

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    assertThat(MetadataCodec.decode(MetadataCodec.encode(SAMPLE, BASE), BASE)).isEqualTo(SAMPLE);
  }

  @Test
  void theSameMetadataGivesTheSameBytes() {
    assertThat(MetadataCodec.encode(SampleSnapshots.checkpoint(7, DIRECTORY), BASE))
        .isEqualTo(MetadataCodec.encode(SAMPLE, BASE));
  }

  @Test
  void behindTheFirstLineItIsAnOrdinaryJsonDocument() throws IOException {
    JsonNode document = new ObjectMapper().readTree(body(MetadataCodec.encode(SAMPLE, BASE)));

    assertThat(document.get("job").textValue()).isEqualTo(SampleSnapshots.JOB.toString());
    assertThat(document.get("checkpointId").longValue()).isEqualTo(7);
    assertThat(document.at("/operators/0/subtasks/0/operator/0/data/file").textValue())
        .isEqualTo("file:///elsewhere/8c9e1c3e-0000-4000-8000-000000000003");
  }

  @Test
  void aStateIsDescribedOnceHoweverManySubtasksHaveIt() throws IOException {
    JsonNode document = new ObjectMapper().readTree(body(MetadataCodec.encode(SAMPLE, BASE)));

    assertThat(document.get("states")).hasSize(3);
  }

  @Test
  void aMovedSnapshotFindsItsOwnAndItsSharedFilesAtTheNewPlace() throws IOException {
    String moved = "s3://bucket/new/chk-7";

    assertThat(MetadataCodec.decode(MetadataCodec.encode(SAMPLE, BASE), moved + "/"))
        .isEqualTo(SampleSnapshots.checkpoint(7, moved));
  }

  @Test
  void filesOfOtherDirectoriesKeepTheirAbsoluteLocation() throws IOException {
    for (String location :
        List.of(
            "file:///checkpoints/0123456789abcdef0011223344556677/chk-6/a",
            "file:///checkpoints/0123456789abcdef0011223344556677/chk-7/deeper/a",
            "file:///checkpoints/0123456789abcdef0011223344556677/chk-70/a",
            "file:///checkpoints/0123456789abcdef0011223344556677/shared/deeper/a",
            "s3://bucket/chk-7/a")) {
      SnapshotMetadata metadata = withCoordinator(new StateHandle.InFile(location, 1, 1));
      byte[] file = MetadataCodec.encode(metadata, BASE);

      assertThat(new String(file, StandardCharsets.UTF_8)).contains("\"" + location + "\"");
      assertThat(MetadataCodec.decode(file, "file:///moved/chk-7/")).isEqualTo(metadata);
    }
  }

  @Test
  void theEmptySnapshotIsOne() throws IOException {
    SnapshotMetadata empty =
        new SnapshotMetadata(
            SampleSnapshots.JOB,
            "",
            0,
            SnapshotKind.SAVEPOINT,
            SnapshotFormat.NATIVE,
            0,
            List.of());

    assertThat(MetadataCodec.decode(MetadataCodec.encode(empty, BASE), BASE)).isEqualTo(empty);
  }

  @Test
  void inlineStateOfTheGreatestSizeIsReadBack() throws IOException {
    byte[] bytes = new byte[30 << 20];
    new SplittableRandom(1).nextBytes(bytes);
    SnapshotMetadata metadata = withCoordinator(new StateHandle.Inline(bytes));

    assertThat(MetadataCodec.decode(MetadataCodec.encode(metadata, BASE), BASE))
        .isEqualTo(metadata);
  }

  @Test
  void everyTruncationIsNoticed() {
    byte[] file = MetadataCodec.encode(SAMPLE, BASE);
    for (int length = 0; length < file.length; length++) {
      assertCorrupt(Arrays.copyOf(file, length));
    }
    assertCorrupt(Arrays.copyOf(file, file.length + 1));
  }

  @Test
  void everyChangeIsNoticed() {
    byte[] file = MetadataCodec.encode(SAMPLE, BASE);
    SplittableRandom random = new SplittableRandom(20_000);
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = file.clone();
      changed[random.nextInt(file.length)] ^= (byte) (1 + random.nextInt(255));
      assertCorrupt(changed);
    }
  }

  @Test
  void everyChangeOfTheFirstLineIsNoticed() {
    byte[] file = MetadataCodec.encode(SAMPLE, BASE);
    int header = new String(file, StandardCharsets.UTF_8).indexOf('\n') + 1;
    for (int at = 0; at < header; at++) {
      for (int change = 1; change < 256; change++) {
        byte[] changed = file.clone();
        changed[at] ^= (byte) change;
        assertCorrupt(changed);
      }
    }
  }

  @Test
  void aDocumentWithARightChecksumAndWrongContentIsRefusedOrReadAndNeverAnythingElse() {
    byte[] body = body(MetadataCodec.encode(SAMPLE, BASE));
    SplittableRandom random = new SplittableRandom(5_000);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] changed = body.clone();
      changed[random.nextInt(body.length)] ^= (byte) (1 + random.nextInt(127));
      Throwable thrown =
          catchThrowable(() -> MetadataCodec.decode(wrap(MetadataCodec.VERSION, changed), BASE));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(CorruptStateException.class);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1_000);
  }

  @Test
  void aNewerVersionIsRefusedWithBothNumbers() {
    assertThatThrownBy(
            () ->
                MetadataCodec.decode(
                    wrap(MetadataCodec.VERSION + 1, "{}".getBytes(StandardCharsets.UTF_8)), BASE))
        .isInstanceOf(CorruptStateException.class)
        .hasMessageContaining("version " + (MetadataCodec.VERSION + 1))
        .hasMessageContaining("up to " + MetadataCodec.VERSION);
  }

  @Test
  void namesThatLeadOutOfTheDirectoryAreRefused() {
    for (String name :
        List.of(
            "..",
            "../../etc/passwd",
            "../shared/../x",
            "../shared/..",
            "../chk-6/a",
            "/etc/passwd",
            "a/b",
            "",
            "a\\\\b",
            "../shared/")) {
      String document =
          new String(
              body(
                  MetadataCodec.encode(
                      withCoordinator(new StateHandle.InFile(BASE + "victim", 1, 1)), BASE)),
              StandardCharsets.UTF_8);
      byte[] file =
          wrap(
              MetadataCodec.VERSION,
              document.replace("\"victim\"", "\"" + name + "\"").getBytes(StandardCharsets.UTF_8));

      assertThatThrownBy(() -> MetadataCodec.decode(file, BASE))
          .as(name)
          .isInstanceOf(CorruptStateException.class)
          .hasMessageContaining("not the name of a state file");
    }
  }

  @Test
  void aMessageNamesThePlaceOfTheDamage() {
    String document = new String(body(MetadataCodec.encode(SAMPLE, BASE)), StandardCharsets.UTF_8);

    assertThatThrownBy(
            () ->
                MetadataCodec.decode(
                    wrap(
                        MetadataCodec.VERSION,
                        document
                            .replace("\"subtask\":1", "\"subtask\":2")
                            .getBytes(StandardCharsets.UTF_8)),
                    BASE))
        .hasMessageContaining("operators[0]")
        .hasMessageContaining("subtask 2");
    assertThatThrownBy(
            () ->
                MetadataCodec.decode(
                    wrap(
                        MetadataCodec.VERSION,
                        document.replace("\"uid\":", "\"uit\":").getBytes(StandardCharsets.UTF_8)),
                    BASE))
        .hasMessageContaining("operators[0]")
        .hasMessageContaining("no 'uid'");
  }

  @Test
  void everyReleasedVersionOfTheFormatIsStillRead() throws IOException {
    for (int version = 1; version <= MetadataCodec.VERSION; version++) {
      try (InputStream golden =
          MetadataCodecTest.class.getResourceAsStream("metadata-v" + version)) {
        assertThat(MetadataCodec.decode(golden.readAllBytes(), BASE)).isEqualTo(SAMPLE);
      }
    }
  }

  @Test
  void aVersionThatDoesNotNameTheFormatHasThatOfItsState() throws IOException {
    DatabaseKeyedState database =
        new DatabaseKeyedState(
            new KeyGroupRange(0, 15),
            new TreeMap<>(),
            new TreeMap<>(Map.of("1.sst", new StateHandle.InFile(DIRECTORY + "/a", 3, 0))));
    OperatorState operator =
        new OperatorState(
            new OperatorId(1, 2),
            "uid",
            "name",
            1,
            16,
            new TreeMap<>(Map.of(0, new SubtaskState(List.of(database), List.of()))),
            null,
            Set.of());
    SnapshotMetadata metadata =
        new SnapshotMetadata(
            SampleSnapshots.JOB,
            "job",
            7,
            SnapshotKind.CHECKPOINT,
            SnapshotFormat.NATIVE,
            0,
            List.of(operator));
    String old =
        new String(body(MetadataCodec.encode(metadata, BASE)), StandardCharsets.UTF_8)
            .replace("\"format\":\"NATIVE\",", "")
            .replace("\"version\":" + MetadataCodec.VERSION, "\"version\":2");
    assertThat(old).doesNotContain("NATIVE");

    assertThat(MetadataCodec.decode(wrap(2, old.getBytes(StandardCharsets.UTF_8)), BASE))
        .isEqualTo(metadata);
  }

  @Test
  void aVersionThatDoesNotNameACompressionHasNone() throws IOException {
    CanonicalKeyedState keyed =
        new CanonicalKeyedState(
            new KeyGroupRange(0, 1),
            List.of(),
            new long[] {0, 7},
            Compression.LZ4,
            new StateHandle.InFile(DIRECTORY + "/a", 9, 0));
    SnapshotMetadata metadata = SampleSnapshots.keyed(7, keyed);
    byte[] file = MetadataCodec.encode(metadata, BASE);
    assertThat(MetadataCodec.decode(file, BASE)).isEqualTo(metadata);
    String old =
        new String(body(file), StandardCharsets.UTF_8)
            .replace("\"compression\":\"LZ4\",", "")
            .replace("\"version\":" + MetadataCodec.VERSION, "\"version\":3");
    assertThat(old).doesNotContain("LZ4");

    CanonicalKeyedState plain =
        new CanonicalKeyedState(
            keyed.range(), keyed.states(), keyed.offsets(), Compression.NONE, keyed.data());
    assertThat(MetadataCodec.decode(wrap(3, old.getBytes(StandardCharsets.UTF_8)), BASE))
        .isEqualTo(SampleSnapshots.keyed(7, plain));
  }

  @Test
  void aPartOfAMergedFileIsReadBack() throws IOException {
    StateHandle segment = new StateHandle.InSegment(DIRECTORY + "/a", 1L << 33, 9, -2);
    byte[] file = MetadataCodec.encode(withCoordinator(segment), BASE);

    SnapshotMetadata read = MetadataCodec.decode(file, BASE);
    assertThat(read).isEqualTo(withCoordinator(segment));
    assertThat(read.stored()).containsExactly((StateHandle.Stored) segment);
    assertThat(new ObjectMapper().readTree(body(file)).at("/operators/0/coordinator"))
        .hasToString("{\"file\":\"a\",\"offset\":8589934592,\"length\":9,\"crc32c\":\"fffffffe\"}");
    String negative =
        new String(body(file), StandardCharsets.UTF_8)
            .replace("\"offset\":8589934592", "\"offset\":-1");
    assertThatThrownBy(
            () ->
                MetadataCodec.decode(
                    wrap(MetadataCodec.VERSION, negative.getBytes(StandardCharsets.UTF_8)), BASE))
        .isInstanceOf(CorruptStateException.class)
        .hasMessageContaining("offset");
  }

  @Test
  void recordsInFlightAreReadBackWithTheSegmentsOfTheirChannels() throws IOException {
    StateDescription records =
        new StateDescription(
            "records of edge 0",
            StateKind.IN_FLIGHT,
            Map.of(StateDescription.VALUE, new Schema.Scalar(ScalarKind.STRING)));
    ChannelStateHandle handle =
        new ChannelStateHandle(
            2,
            List.of(
                new ChannelStateHandle.Segment(
                    0, new OperatorId(1, 2), 0, RescaleMapping.RANGE, records, 3, 0, 40, -2),
                new ChannelStateHandle.Segment(
                    1, new OperatorId(3, 4), 5, RescaleMapping.FULL, records, 1, 40, 9, 7)),
            new StateHandle.InFile(BASE + "a", 49, 0x0a0b0c0d));
    TreeMap<Integer, SubtaskState> subtasks = new TreeMap<>();
    subtasks.put(1, new SubtaskState(List.of(), List.of(), List.of(handle)));
    SnapshotMetadata metadata =
        new SnapshotMetadata(
            SampleSnapshots.JOB,
            "job",
            7,
            SnapshotKind.CHECKPOINT,
            SnapshotFormat.CANONICAL,
            0,
            List.of(
                new OperatorState(new OperatorId(5, 6), "a", "a", 2, 4, subtasks, null, Set.of())));

    byte[] file = MetadataCodec.encode(metadata, BASE);
    assertThat(MetadataCodec.decode(file, BASE)).isEqualTo(metadata);
    JsonNode segment =
        new ObjectMapper().readTree(body(file)).at("/operators/0/subtasks/0/channels/0/segments/0");
    assertThat(segment.get("length").longValue()).isEqualTo(40);
    assertThat(segment.get("crc32c").textValue()).isEqualTo("fffffffe");
    assertThat(metadata.sizeBytes()).isEqualTo(49);
  }

  @Test
  void theFormatOfTheCurrentVersionHasNotChanged() throws IOException {
    try (InputStream golden =
        MetadataCodecTest.class.getResourceAsStream("metadata-v" + MetadataCodec.VERSION)) {
      assertThat(new String(MetadataCodec.encode(SAMPLE, BASE), StandardCharsets.UTF_8))
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static SnapshotMetadata withCoordinator(StateHandle handle) {
    OperatorState operator =
        new OperatorState(new OperatorId(1, 2), "a", "a", 1, 1, new TreeMap<>(), handle, Set.of());
    return new SnapshotMetadata(
        SampleSnapshots.JOB,
        "job",
        7,
        SnapshotKind.CHECKPOINT,
        SnapshotFormat.CANONICAL,
        0,
        List.of(operator));
  }

  private static void assertCorrupt(byte[] file) {
    Throwable thrown = catchThrowable(() -> MetadataCodec.decode(file, BASE));
    if (!(thrown instanceof CorruptStateException) || thrown.getMessage().isBlank()) {
      throw new AssertionError(
          "not refused as corrupt: " + new String(file, StandardCharsets.ISO_8859_1), thrown);
    }
  }

  private static byte[] body(byte[] file) {
    int start = new String(file, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
    return Arrays.copyOfRange(file, start, file.length);
  }

  private static byte[] wrap(int version, byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    String header =
        "WEIR-SNAPSHOT "
            + version
            + " crc32c="
            + HexFormat.of().toHexDigits((int) crc.getValue())
            + " length="
            + body.length
            + "\n";
    byte[] head = header.getBytes(StandardCharsets.US_ASCII);
    byte[] file = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, file, head.length, body.length);
    return file;
  }
}
