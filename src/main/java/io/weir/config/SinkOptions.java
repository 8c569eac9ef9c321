package io.weir.config;

/** {@code sink.*}: what all sinks share. */
public final class SinkOptions {

  private SinkOptions() {}

  public static final ConfigOption<Integer> COMMITTER_RETRIES =
      ConfigOptions.key("sink.committer.retries")
          .intType()
          .defaultValue(10)
          .withLimit(retries -> retries >= 0, "a whole number of at least 0")
          .withDescription("Attempts to repeat a commit that asks for it, before the job fails.");
}
