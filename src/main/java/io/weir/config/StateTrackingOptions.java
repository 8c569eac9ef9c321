package io.weir.config;

/**
 * {@code state.latency-track.*} and {@code state.size-track.*}: measures what functions do with
 * keyed state.
 */
public final class StateTrackingOptions {
  private static final String LATENCY = "state.latency-track.";
  private static final String SIZE = "state.size-track.";

  private StateTrackingOptions() {}

  public static final ConfigOption<Boolean> LATENCY_TRACK_ENABLED =
      ConfigOptions.key(LATENCY + "keyed-state-enabled")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether it is measured how long functions wait for keyed state; costs nothing if not.");

  public static final ConfigOption<Integer> LATENCY_TRACK_SAMPLE_INTERVAL =
      interval(LATENCY, "One in so many accesses of a kind is timed.");

  public static final ConfigOption<Integer> LATENCY_TRACK_HISTORY_SIZE =
      history(LATENCY, "So many of the last times are looked at for a figure.");

  public static final ConfigOption<Boolean> SIZE_TRACK_ENABLED =
      ConfigOptions.key(SIZE + "keyed-state-enabled")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether the sizes of the values that functions read and write are measured; costs"
                  + " nothing if not.");

  public static final ConfigOption<Integer> SIZE_TRACK_SAMPLE_INTERVAL =
      interval(SIZE, "The value of one in so many accesses of a kind is measured.");

  public static final ConfigOption<Integer> SIZE_TRACK_HISTORY_SIZE =
      history(SIZE, "So many of the last sizes are looked at for a figure.");

  private static ConfigOption<Integer> interval(String prefix, String description) {
    return positive(prefix + "sample-interval", 100, description);
  }

  private static ConfigOption<Integer> history(String prefix, String description) {
    return positive(prefix + "history-size", 128, description);
  }

  private static ConfigOption<Integer> positive(String key, int defaultValue, String description) {
    return ConfigOptions.key(key)
        .intType()
        .defaultValue(defaultValue)
        .withLimit(number -> number >= 1, "a whole number of at least 1")
        .withDescription(description);
  }
}
