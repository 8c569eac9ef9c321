package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.graph.SinkTransformation;
import io.weir.api.graph.SourceTransformation;
import io.weir.api.graph.Transformation;
import io.weir.config.ConfigCatalog;
import io.weir.config.Configuration;
import io.weir.config.IllegalConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightsJobTest {
  @TempDir private Path data;

  @Test
  void everyStepHasTheUidOfTheDocumentation() throws Exception {
    assertThat(
            define(new Configuration()).stream().map(Transformation::uid).filter(Objects::nonNull))
        .containsExactlyInAnyOrder(
            "flights", "airports", "delays-by-hour", "join-airport", "results");
  }

  @Test
  void onlyTheAirportsAreReadByOneSubtask() throws Exception {
    for (Transformation<?> each : define(new Configuration())) {
      if (each instanceof SourceTransformation || each instanceof SinkTransformation) {
        assertThat(each.parallelism() == 1).isEqualTo("airports".equals(each.uid()));
      }
    }
  }

  @Test
  void theInputIsUnpackedWhereTheConfigurationSays() throws Exception {
    define(new Configuration());
    assertThat(data.resolve("demo/input/airports.csv")).exists();
    Path other = data.resolve("other");
    define(new Configuration().set(DemoOptions.INPUT_DIR, other.toString()));
    assertThat(other.resolve("flights-2001-01.csv")).exists();
  }

  @Test
  void aNegativeRateIsRefusedWithKeyValueAndWhatIsAllowed() {
    Configuration wrong = new Configuration().setString("demo.records-per-second", "-1");
    assertThatThrownBy(() -> define(wrong))
        .isInstanceOf(IllegalConfigurationException.class)
        .hasMessageContaining("demo.records-per-second = '-1'")
        .hasMessageContaining("a number of at least 0");
  }

  @Test
  void theOptionsAreKnownToAReviewThatGetsThem() {
    Configuration configuration =
        new Configuration()
            .setString("demo.input-dir", "in")
            .setString("demo.output-dir", "out")
            .setString("demo.records-per-second", "100");
    assertThat(ConfigCatalog.weir().plus(DemoOptions.group()).review(configuration)).isEmpty();
  }

  private List<Transformation<?>> define(Configuration configuration) throws Exception {
    StreamExecutionEnvironment env =
        new StreamExecutionEnvironment(
            configuration,
            (name, transformations, settings) -> {
              throw new AssertionError("define() must not execute");
            });
    new FlightsJob(data).define(env);
    return env.getTransformations();
  }
}
