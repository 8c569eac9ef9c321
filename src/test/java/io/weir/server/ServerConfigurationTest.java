package io.weir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.ConfigCatalog;
import io.weir.config.ConfigFinding;
import io.weir.config.Configuration;
import io.weir.config.EffectiveConfiguration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerConfigurationTest {
  private static final List<String> JOBS = List.of("flights", "orders");
  private static final String INTERVAL = "execution.checkpointing.interval";

  private final Map<String, String> values = new HashMap<>();

  @Test
  void knownKeysOfAllJobsAndOfOneAreTaken() {
    values.put(INTERVAL, "10s");
    values.put("jobs.flights." + INTERVAL, "5s");

    Configuration configuration = listed(values.keySet()).forJobs(JOBS);

    assertThat(configuration.toMap())
        .containsOnly(Map.entry(INTERVAL, "10s"), Map.entry("jobs.flights." + INTERVAL, "5s"));
  }

  @Test
  void keysThatCannotBeListedAreFoundAllTheSame() {
    // an environment variable answers to the key, and is listed under its own name
    values.put(INTERVAL, "10s");
    values.put("jobs.orders." + INTERVAL, "7s");

    Configuration configuration = listed(Set.of("EXECUTION_CHECKPOINTING_INTERVAL")).forJobs(JOBS);

    assertThat(configuration.toMap()).containsKeys(INTERVAL, "jobs.orders." + INTERVAL);
  }

  @Test
  void olderKeysAreTaken() {
    values.put("state.checkpoints.dir", "file:/somewhere");

    assertThat(listed(values.keySet()).forJobs(JOBS).toMap()).containsKey("state.checkpoints.dir");
  }

  @Test
  void whatBelongsToOthersIsLeftOut() {
    values.put("mp.openapi.scan.packages", "x");
    values.put("java.home", "/jdk");
    values.put("jobs.flights.enabled", "true");

    assertThat(listed(values.keySet()).forJobs(JOBS).toMap()).isEmpty();
  }

  @Test
  void aJobsOwnKeysAreTakenAsTheyAre() {
    values.put("jobs.flights.rate", "1000");

    assertThat(listed(values.keySet()).forJobs(JOBS).toMap())
        .containsExactly(Map.entry("jobs.flights.rate", "1000"));
  }

  @Test
  void unknownKeysOfTheFileAreReportedWithWhatWasMeant() {
    values.put("execution.checkpointing.intervall", "10s");
    values.put("weir.jobs.autstart", "none");
    values.put("jobs.flight.parallelism.default", "2");

    List<String> sentences = sentences(values.keySet());

    assertThat(sentences)
        .anySatisfy(sentence -> assertThat(sentence).contains("intervall").contains(INTERVAL + "?"))
        .anySatisfy(
            sentence -> assertThat(sentence).contains("autstart").contains("weir.jobs.autostart"))
        .anySatisfy(sentence -> assertThat(sentence).contains("jobs.flight.").contains("flights"));
  }

  @Test
  void slipsOutsideOfWeirsFilesAreReportedAndWhatBelongsToOthersIsNot() {
    values.put("execution.checkpointing.intervall", "10s");
    values.put("EXECUTION_CHECKPOINTING_TIMOUT", "1min");
    values.put("java.vm.version", "17");
    values.put("mp.openapi.scan.packages", "x");
    values.put("wlp.server.name", "one");
    values.put("PATH", "/bin");
    values.put("HTTP_PORT", "80");

    assertThat(sentences(Set.of()))
        .satisfiesExactlyInAnyOrder(
            sentence -> assertThat(sentence).contains(INTERVAL + "?"),
            sentence -> assertThat(sentence).contains("EXECUTION_CHECKPOINTING_TIMEOUT?"));
  }

  @Test
  void slipsInTheKeysOfAJobAreReportedAndItsOwnKeysAreNot() {
    values.put("jobs.flights.execution.checkpointing.intervall", "10s");
    values.put("jobs.flights.rate", "1000");
    values.put("jobs.flights.enabled", "true");

    assertThat(sentences(values.keySet()))
        .singleElement()
        .satisfies(sentence -> assertThat(sentence).contains("jobs.flights." + INTERVAL + "?"));
  }

  @Test
  void keysOfMicroProfileMayStandInWeirsFiles() {
    values.put("mp.jwt.verify.issuer", "https://issuer.example");
    values.put("io.weir.server.StorageGuard/repeat/Retry/maxRetries", "5");

    assertThat(sentences(values.keySet())).isEmpty();
  }

  @Test
  void whatIsAcceptedAndChangesNothingIsSaid() {
    values.put("jobmanager.memory.process.size", "1600m");

    assertThat(listed(values.keySet()).review(values.keySet(), JOBS))
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.kind()).isEqualTo(ConfigFinding.Kind.WITHOUT_EFFECT));
  }

  @Test
  void everythingInForceIsShownWithItsSource() {
    values.put("state.checkpoints.dir", "file:/somewhere");
    values.put("jobs.flights." + INTERVAL, "5s");
    values.put("jobs.orders.token", "abc");
    values.put("s3.secret-key", "abc");

    Map<String, EffectiveConfiguration.Entry> shown = new HashMap<>();
    for (EffectiveConfiguration.Entry entry :
        listed(values.keySet()).effective(values.keySet(), JOBS).entries()) {
      shown.put(entry.key(), entry);
    }

    assertThat(shown.get("state.checkpoints.dir").value()).isEqualTo("file:/somewhere");
    assertThat(shown.get("state.checkpoints.dir").source()).isEqualTo("a test");
    assertThat(shown.get("jobs.flights." + INTERVAL).value()).isEqualTo("5s");
    assertThat(shown.get("jobs.orders.token").value()).doesNotContain("abc");
    assertThat(shown.get("s3.secret-key").value()).doesNotContain("abc");
    assertThat(shown.get("weir.jobs.autostart"))
        .isEqualTo(new EffectiveConfiguration.Entry("weir.jobs.autostart", "all", "all", null));
    assertThat(shown)
        .as("neither set nor with a default, or set under an older key")
        .doesNotContainKeys(INTERVAL, "execution.checkpointing.dir", "weir.server.id");
  }

  @Test
  void aWrongValueIsReportedWithKeyAndValue() {
    values.put(INTERVAL, "soon");

    assertThat(sentences(values.keySet()))
        .singleElement()
        .satisfies(sentence -> assertThat(sentence).contains(INTERVAL).contains("soon"));
  }

  @Test
  void aGoodFileNeedsNoComment() {
    values.put(INTERVAL, "5s");
    values.put("weir.jobs.autostart", "all");
    values.put("jobs.flights.parallelism.default", "2");

    assertThat(sentences(values.keySet())).isEmpty();
  }

  @Test
  void byDefaultAllJobsStart() {
    assertThat(listed(Set.of()).toStart(JOBS, Set.of())).containsExactly("flights", "orders");
  }

  @Test
  void autostartNamesTheJobs() {
    values.put("weir.jobs.autostart", "orders, others");
    assertThat(listed(Set.of()).toStart(JOBS, Set.of())).containsExactly("orders");

    values.put("weir.jobs.autostart", "none");
    assertThat(listed(Set.of()).toStart(JOBS, Set.of())).isEmpty();
  }

  @Test
  void theSwitchOfAJobWins() {
    values.put("weir.jobs.autostart", "none");
    values.put("jobs.flights.enabled", "true");
    assertThat(listed(Set.of()).toStart(JOBS, Set.of())).containsExactly("flights");

    values.put("weir.jobs.autostart", "all");
    values.put("jobs.flights.enabled", "false");
    assertThat(listed(Set.of()).toStart(JOBS, Set.of())).containsExactly("orders");
  }

  @Test
  void aJobThatRanGoesOnUnlessItIsSwitchedOff() {
    values.put("weir.jobs.autostart", "none");
    assertThat(listed(Set.of()).toStart(JOBS, Set.of("orders", "gone"))).containsExactly("orders");

    values.put("jobs.orders.enabled", "false");
    assertThat(listed(Set.of()).toStart(JOBS, Set.of("orders"))).isEmpty();
  }

  @Test
  void aNameThatNoJobHasIsReported() {
    values.put("weir.jobs.autostart", "orders, flihgts, orders");
    assertThat(listed(Set.of()).toStart(JOBS, Set.of())).containsExactly("orders");
    assertThat(sentences(Set.of()))
        .singleElement()
        .asString()
        .contains("weir.jobs.autostart names 'flihgts'", "orders");
  }

  @Test
  void aSwitchThatIsNeitherTrueNorFalseIsRefused() {
    values.put("jobs.flights.enabled", "yes");

    assertThatThrownBy(() -> listed(Set.of()).toStart(JOBS, Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jobs.flights.enabled")
        .hasMessageContaining("yes");
  }

  private ServerConfiguration listed(Set<String> keys) {
    return new ServerConfiguration(
        key -> Optional.ofNullable(values.get(key)).map(text -> new SourcedText(text, "a test")),
        keys,
        ConfigCatalog.weir());
  }

  private List<String> sentences(Set<String> fileKeys) {
    return listed(values.keySet()).review(fileKeys, JOBS).stream()
        .map(ConfigFinding::message)
        .toList();
  }
}
