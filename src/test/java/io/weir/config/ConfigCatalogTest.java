package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.ConfigFinding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCatalogTest {
  private final ConfigCatalog catalog = ConfigCatalog.weir();

  @Test
  void everyOptionsClassOfThePackageIsInTheCatalog() throws IOException {
    ConfigCatalog all = catalog.plus(ServerOptions.group());
    try (Stream<Path> files = Files.list(Path.of("src/main/java/io/weir/config"))) {
      List<String> missing =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .filter(name -> name.endsWith("Options") && !name.equals("ConfigOptions"))
              .filter(name -> !OptionGroup.of("", "", load(name)).options().isEmpty())
              .filter(
                  name ->
                      OptionGroup.of("", "", load(name)).options().stream()
                          .anyMatch(option -> all.find(option.key()).isEmpty()))
              .toList();
      assertThat(missing).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EXECUTION_CHECKPOINTING_INTERVALL, EXECUTION_CHECKPOINTING_INTERVAL",
    "STATE_BACKEND_TYP, STATE_BACKEND_TYPE",
  })
  void aVariableThatIsMistypedIsNamedWithTheOneThatWasMeant(String name, String meant) {
    assertThat(catalog.reviewVariable(name))
        .get()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Kind.UNKNOWN))
        .satisfies(finding -> assertThat(finding.message()).contains(name, meant + "?"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"EXECUTION_CHECKPOINTING_INTERVAL", "JAVA_HOME", "WLP_USER_DIR", "LC_ALL"})
  void otherVariablesAreLeftAlone(String name) {
    assertThat(catalog.reviewVariable(name)).isEmpty();
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName("io.weir.config." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyOptionHasOneSentenceAndAllowsItsOwnDefault() {
    catalog.plus(ServerOptions.group()).options().forEach(ConfigCatalogTest::assertComplete);
  }

  private static <T> void assertComplete(ConfigOption<T> option) {
    assertThat(option.description()).as(option.key()).matches("(?s)\\S.*\\.");
    if (option.hasDefaultValue()) {
      assertThat(option.parse(option.format(option.defaultValue())))
          .as(option.key())
          .isEqualTo(option.defaultValue());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "execution.checkpointing.interval, 60s",
    "execution.checkpointing.mode, EXACTLY_ONCE",
    "execution.checkpointing.timeout, 10min",
    "execution.checkpointing.min-pause, 5s",
    "execution.checkpointing.max-concurrent-checkpoints, 1",
    "execution.checkpointing.externalized-checkpoint-retention, RETAIN_ON_CANCELLATION",
    "execution.checkpointing.unaligned, false",
    "state.backend.type, rocksdb",
    "state.checkpoints.dir, s3://my-bucket/checkpoints",
    "state.savepoints.dir, s3://my-bucket/savepoints",
    "state.backend.incremental, true",
  })
  void theKeysOfTheCheckpointingGuideAreKnown(String key, String value) {
    assertThat(catalog.review(Configuration.fromMap(Map.of(key, value))))
        .allMatch(finding -> finding.kind() == Kind.OLDER_KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "execution.checkpointing.intervall, execution.checkpointing.interval",
    "execution.checkpoint.interval, execution.checkpointing.interval",
    "state.checkpoint.dir, state.checkpoints.dir",
    "paralelism.default, parallelism.default",
  })
  void aSlipIsFoundWithTheKeyThatWasMeant(String slip, String meant) {
    assertThat(review(slip, "1"))
        .containsExactly(
            new ConfigFinding(
                Kind.UNKNOWN, slip, slip + " is not a known key. Did you mean " + meant + "?"));
  }

  @Test
  void anEntirelyUnknownKeyGetsNoGuess() {
    assertThat(review("coffee.strength", "7"))
        .extracting(ConfigFinding::message)
        .containsExactly(
            "coffee.strength is not a known key. See the configuration page for all keys.");
  }

  @Test
  void anInvalidValueIsFatal() {
    List<ConfigFinding> findings = review("state.backend.type", "forst");
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).kind().isFatal()).isTrue();
    assertThat(findings.get(0).message()).contains("Use rocksdb");
  }

  @ParameterizedTest
  @CsvSource({
    "execution.state-recovery.claim-mode, LEGACY, Use CLAIM",
    "execution.savepoint-restore-mode, legacy, Use CLAIM",
    "execution.state-recovery.approximate-local-recovery, true, failover-strategy = region",
    "execution.runtime-mode, batch, Use STREAMING",
    "queryable-state.enable, true, Write what others want to read to a sink",
  })
  void whatIsRefusedNamesTheAlternative(String key, String value, String alternative) {
    assertThat(review(key, value))
        .anySatisfy(
            finding -> {
              assertThat(finding.kind().isFatal()).isTrue();
              assertThat(finding.message()).startsWith(key).contains(alternative);
            });
  }

  @Test
  void aValueWithoutEffectIsReportedUnlessItIsTheDefault() {
    String key = "execution.checkpointing.file-merging.across-checkpoint-boundary";
    assertThat(review(key, "false")).isEmpty();
    assertThat(review(key, "true"))
        .extracting(ConfigFinding::kind)
        .containsExactly(Kind.WITHOUT_EFFECT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "taskmanager.memory.process.size",
        "high-availability",
        "rest.port",
        "akka.ask.timeout"
      })
  void keysOfAClusterAreExplained(String key) {
    assertThat(review(key, "1"))
        .extracting(ConfigFinding::kind)
        .containsExactly(Kind.WITHOUT_EFFECT);
  }

  @Test
  void noKeyOfWeirIsTakenForAKeyOfAClusterOnly() {
    assertThat(catalog.options())
        .allSatisfy(
            option ->
                assertThat(catalog.review(Configuration.fromMap(Map.of(option.key(), "x"))))
                    .noneMatch(finding -> finding.kind() == Kind.UNKNOWN));
  }

  @Test
  void anOlderKeyBesideItsPresentOneIsReportedAsHidden() {
    Configuration configuration =
        Configuration.fromMap(Map.of("state.backend", "rocksdb", "state.backend.type", "hashmap"));
    assertThat(catalog.review(configuration))
        .containsExactly(
            new ConfigFinding(
                Kind.HIDDEN,
                "state.backend",
                "state.backend has no effect because state.backend.type is set. Remove it."));
  }

  @Test
  void inLayersTheLastOneWinsWhicheverOfItsKeysItUses() {
    Configuration global =
        Configuration.fromMap(Map.of("state.backend.type", "hashmap", "own", "1", "other", "1"));
    Configuration job = Configuration.fromMap(Map.of("state.backend", "rocksdb", "own", "2"));
    assertThat(catalog.layered(global, job).toMap())
        .isEqualTo(Map.of("state.backend.type", "rocksdb", "own", "2", "other", "1"));
    assertThat(catalog.layered(job, global).get(StateBackendOptions.STATE_BACKEND))
        .isEqualTo("hashmap");
  }

  @Test
  void withinOneLayerThePresentKeyWins() {
    Configuration layer =
        Configuration.fromMap(
            Map.of(
                "execution.checkpointing.dir", "a",
                "state.checkpoints.dir", "b",
                "state.backend.fs.checkpointdir", "c"));
    assertThat(catalog.layered(layer).toMap())
        .isEqualTo(Map.of("execution.checkpointing.dir", "a"));
  }

  @Test
  void optionsThatExcludeEachOtherAreReported() {
    assertInvalid(
        Map.of(
            "execution.checkpointing.unaligned",
            "true",
            "execution.checkpointing.mode",
            "AT_LEAST_ONCE"),
        "mode = EXACTLY_ONCE");
    assertInvalid(
        Map.of(
            "execution.checkpointing.unaligned.enabled", "true",
            "execution.checkpointing.max-concurrent-checkpoints", "2"),
        "max-concurrent-checkpoints = 1");
    assertInvalid(
        Map.of(
            "execution.checkpointing.interval", "10 s",
            "execution.checkpointing.interval-during-backlog", "5 s"),
        "must be 0 or not shorter than execution.checkpointing.interval");
    assertInvalid(
        Map.of("execution.checkpointing.storage", "filesystem"),
        "needs execution.checkpointing.dir");
    assertInvalid(
        Map.of("restart-strategy.exponential-delay.initial-backoff", "2 min"),
        "max-backoff must not be shorter");
  }

  private void assertInvalid(Map<String, String> values, String reason) {
    assertThat(catalog.review(Configuration.fromMap(values)))
        .filteredOn(finding -> finding.kind() == Kind.INVALID)
        .hasSize(1)
        .allSatisfy(finding -> assertThat(finding.message()).contains(reason));
  }

  @Test
  void optionsThatGoTogetherAreNotReported() {
    Map<String, String> values =
        Map.of(
            "execution.checkpointing.interval", "10 s",
            "execution.checkpointing.interval-during-backlog", "0",
            "execution.checkpointing.unaligned.enabled", "true",
            "execution.checkpointing.max-concurrent-checkpoints", "2",
            "execution.checkpointing.min-pause", "1 s",
            "execution.checkpointing.storage", "filesystem",
            "execution.checkpointing.dir", "/tmp/x");
    assertThat(catalog.review(Configuration.fromMap(values))).isEmpty();
  }

  @Test
  void aJobMayAddItsOwnOptionsButNotTakeAKey() {
    ConfigOption<Integer> own = ConfigOptions.key("rate").intType().defaultValue(1);
    ConfigCatalog both = catalog.plus(new OptionGroup("Own", "Of a job.", List.of(own)));
    assertThat(both.find("rate")).contains(own);
    assertThat(catalog.find("rate")).isEmpty();

    ConfigOption<String> taken = ConfigOptions.key("state.backend").stringType().noDefaultValue();
    OptionGroup clash = new OptionGroup("Clash", "Takes a key.", List.of(taken));
    assertThatThrownBy(() -> catalog.plus(clash))
        .hasMessageContaining("state.backend belongs to both");
  }

  @Test
  void defaultsThatDifferFromFlinkAreDeliberate() {
    Configuration empty = new Configuration();
    assertThat(empty.get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS)).isEqualTo(3);
    assertThat(empty.get(TaskManagerOptions.NUM_TASK_SLOTS)).as("no limit").isNull();
    assertThat(empty.get(RocksDBConfigurableOptions.USE_DELETE_FILES_IN_RANGE_DURING_RESCALING))
        .isTrue();
    assertThat(empty.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT))
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(empty.get(CheckpointingOptions.CHECKPOINTING_INTERVAL)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"'', '', 0", "abc, '', 3", "kitten, sitting, 3", "flaw, lawn, 2", "same, same, 0"})
  void editsAreCounted(String from, String to, int edits) {
    assertThat(KeyDistance.edits(from, to)).isEqualTo(edits);
    assertThat(KeyDistance.edits(to, from)).isEqualTo(edits);
  }

  @Test
  void keysAreUnique() {
    List<String> keys = catalog.options().map(ConfigOption::key).toList();
    assertThat(new TreeSet<>(keys)).hasSameSizeAs(keys);
    assertThat(catalog.groups().stream().collect(Collectors.groupingBy(OptionGroup::title)))
        .hasSameSizeAs(catalog.groups());
  }

  private List<ConfigFinding> review(String key, String value) {
    return catalog.review(Configuration.fromMap(Map.of(key, value)));
  }
}
