package io.weir.config;

/** {@code web.*}: how much history the REST resources and the page show. */
public final class WebOptions {

  private WebOptions() {}

  public static final ConfigOption<Integer> CHECKPOINTS_HISTORY_SIZE =
      ConfigOptions.key("web.checkpoints.history")
          .intType()
          .defaultValue(10)
          .withLimit(size -> size >= 0, "a whole number of at least 0")
          .withDescription("Checkpoints in a job's history.");

  public static final ConfigOption<Integer> MAX_EXCEPTION_HISTORY_SIZE =
      ConfigOptions.key("web.exception-history-size")
          .intType()
          .defaultValue(16)
          .withLimit(size -> size >= 0, "a whole number of at least 0")
          .withDescription("Failures in a job's exception history.");

  public static final ConfigOption<Integer> ARCHIVE_COUNT =
      ConfigOptions.key("web.history")
          .intType()
          .defaultValue(5)
          .withLimit(size -> size >= 0, "a whole number of at least 0")
          .withDescription("Ended jobs that are listed.");
}
