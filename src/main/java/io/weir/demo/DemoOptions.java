package io.weir.demo;

import io.weir.config.ConfigOption;
import io.weir.config.ConfigOptions;
import io.weir.config.OptionGroup;

/** {@code jobs.flights.demo.*}: the options of the demo job. */
public final class DemoOptions {

  private DemoOptions() {}

  public static final ConfigOption<String> INPUT_DIR =
      ConfigOptions.key("demo.input-dir")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Where the demo's input is unpacked; by default below the server's data directory.");

  public static final ConfigOption<String> OUTPUT_DIR =
      ConfigOptions.key("demo.output-dir")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Where the demo's results go; by default below the server's data directory.");

  public static final ConfigOption<Double> RECORDS_PER_SECOND =
      ConfigOptions.key("demo.records-per-second")
          .doubleType()
          .defaultValue(5000.0)
          .withLimit(rate -> rate >= 0, "a number of at least 0")
          .withDescription(
              "Flights that the demo reads per second, in all subtasks together; 0 is no limit.");

  /** These options, so that a catalog knows them. */
  public static OptionGroup group() {
    return OptionGroup.of("Demo", "The demo job, flights.", DemoOptions.class);
  }
}
