package io.weir.config;

/** Options that concern every job. */
public final class CoreOptions {

  private CoreOptions() {}

  public static final ConfigOption<Integer> DEFAULT_PARALLELISM =
      ConfigOptions.key("parallelism.default")
          .intType()
          .defaultValue(1)
          .withLimit(
              parallelism -> parallelism >= 1 && parallelism <= 32768,
              "a whole number from 1 to 32768")
          .withDescription("The parallelism of operators for which the program sets none.");
}
