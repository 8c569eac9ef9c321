package io.weir.config;

import java.time.Duration;

/** {@code pipeline.*}: how a program becomes tasks. */
public final class PipelineOptions {

  private PipelineOptions() {}

  public static final ConfigOption<String> NAME =
      ConfigOptions.key("pipeline.name")
          .stringType()
          .noDefaultValue()
          .withDescription("The name of the job where the program gives none.");

  public static final ConfigOption<Integer> MAX_PARALLELISM =
      ConfigOptions.key("pipeline.max-parallelism")
          .intType()
          .defaultValue(-1)
          .withLimit(
              max -> max == -1 || (max >= 1 && max <= 32768),
              "a whole number from 1 to 32768, or -1 to derive it from the parallelism")
          .withDescription(
              "The number of key groups, which is the upper limit for the parallelism of all later"
                  + " runs from the same state.");

  public static final ConfigOption<Boolean> AUTO_GENERATE_UIDS =
      ConfigOptions.key("pipeline.auto-generate-uids")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether stateful operators without a uid get one from their place in the program; false"
                  + " refuses such a program. Their state is lost when the program changes.");

  public static final ConfigOption<Boolean> OPERATOR_CHAINING =
      ConfigOptions.key("pipeline.operator-chaining.enabled")
          .booleanType()
          .defaultValue(true)
          .withFallbackKeys("pipeline.operator-chaining")
          .withDescription("Whether operators that can be fused run as one task.");

  public static final ConfigOption<Boolean>
      OPERATOR_CHAINING_CHAIN_OPERATORS_WITH_DIFFERENT_MAX_PARALLELISM =
          ConfigOptions.key(
                  "pipeline.operator-chaining.chain-operators-with-different-max-parallelism")
              .booleanType()
              .defaultValue(true)
              .withDescription("Whether operators with different max parallelism may be fused.");

  public static final ConfigOption<Boolean> OBJECT_REUSE =
      ConfigOptions.key("pipeline.object-reuse")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether a record object may be handed to several operators of a chain without a copy.");

  public static final ConfigOption<Duration> AUTO_WATERMARK_INTERVAL =
      ConfigOptions.key("pipeline.auto-watermark-interval")
          .durationType()
          .defaultValue(Duration.ofMillis(200))
          .withDescription("Time between periodic watermarks; 0 switches them off.");

  public static final ConfigOption<Boolean> ALLOW_UNALIGNED_SOURCE_SPLITS =
      ConfigOptions.key("pipeline.watermark-alignment.allow-unaligned-source-splits")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether a source that cannot pause single splits may take part in watermark alignment.")
          .withoutEffect("Weir aligns no watermarks between sources.");
}
