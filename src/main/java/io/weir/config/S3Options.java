package io.weir.config;

import java.time.Duration;

/** {@code s3.*}: how S3, and stores that speak its protocol, are reached. */
public final class S3Options {
  private static final String PREFIX = "s3.";

  /** What S3 itself demands of every part but the last. */
  private static final MemorySize LEAST_PART = MemorySize.ofMebiBytes(5);

  private static final MemorySize GREATEST_PART = MemorySize.ofMebiBytes(512);

  private S3Options() {}

  public static final ConfigOption<String> ENDPOINT =
      ConfigOptions.key(PREFIX + "endpoint")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Address of a store that speaks S3's protocol, as http://host:port; unset means AWS.");

  public static final ConfigOption<String> REGION =
      ConfigOptions.key(PREFIX + "region")
          .stringType()
          .noDefaultValue()
          .withFallbackKeys(PREFIX + "endpoint.region")
          .withDescription(
              "Region of the buckets; unset means us-east-1 for a store with an endpoint of its own,"
                  + " else what the AWS SDK finds (AWS_REGION, profile, instance).");

  public static final ConfigOption<Boolean> PATH_STYLE_ACCESS =
      ConfigOptions.key(PREFIX + "path.style.access")
          .booleanType()
          .defaultValue(false)
          .withFallbackKeys(PREFIX + "path-style-access")
          .withDescription(
              "Whether the bucket stands in the path of a request instead of the host name; most"
                  + " stores that are not AWS need true.");

  public static final ConfigOption<String> ACCESS_KEY =
      ConfigOptions.key(PREFIX + "access-key")
          .stringType()
          .noDefaultValue()
          .withFallbackKeys(PREFIX + "access.key")
          .withDescription(
              "Access key; unset means that the AWS SDK looks for credentials (environment, profile,"
                  + " container, instance), which is the better way.");

  public static final ConfigOption<String> SECRET_KEY =
      ConfigOptions.key(PREFIX + "secret-key")
          .stringType()
          .noDefaultValue()
          .withFallbackKeys(PREFIX + "secret.key")
          .withDescription(
              "Secret that belongs to the access key. Give it in the environment (S3_SECRET_KEY)"
                  + " rather than in a file; it is never logged or shown.");

  public static final ConfigOption<MemorySize> PART_SIZE =
      ConfigOptions.key(PREFIX + "upload.min.part.size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(8))
          .withLimit(
              size -> size.compareTo(LEAST_PART) >= 0 && size.compareTo(GREATEST_PART) <= 0,
              "5 mb to 512 mb")
          .withDescription(
              "Longer objects are uploaded in parts of this size, at most 10000; one that is being"
                  + " written takes up to three times as much memory.");

  public static final ConfigOption<Duration> REQUEST_TIMEOUT =
      ConfigOptions.key(PREFIX + "request-timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withLimit(timeout -> timeout.toMillis() > 0, "more than 0")
          .withDescription("A request that takes longer is given up and tried again.");

  public static final ConfigOption<Duration> OPERATION_TIMEOUT =
      ConfigOptions.key(PREFIX + "operation-timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(2))
          .withLimit(timeout -> timeout.toMillis() > 0, "more than 0")
          .withDescription("After this long, with all its repetitions, a request has failed.");
}
