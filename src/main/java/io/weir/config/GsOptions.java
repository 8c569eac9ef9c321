package io.weir.config;

import java.time.Duration;

/** {@code gs.*}: how Google Cloud Storage is reached. */
public final class GsOptions {
  private static final String PREFIX = "gs.";

  /** Google takes all parts of an upload but the last in multiples of this. */
  private static final MemorySize CHUNK_UNIT = MemorySize.parse("256kb");

  private static final MemorySize GREATEST_CHUNK = MemorySize.ofMebiBytes(512);

  private GsOptions() {}

  public static final ConfigOption<String> ROOT_URL =
      ConfigOptions.key(PREFIX + "storage.root.url")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Address of a store that speaks the protocol, as http://host:port; unset means"
                  + " Google's.");

  public static final ConfigOption<Boolean> AUTHENTICATED =
      ConfigOptions.key(PREFIX + "auth.service.account.enable")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether requests carry credentials; false for emulators and for buckets that are"
                  + " open to everybody.");

  public static final ConfigOption<String> KEY_FILE =
      ConfigOptions.key(PREFIX + "auth.service.account.json.keyfile")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "File with the key of a service account; unset means Google's own search"
                  + " (GOOGLE_APPLICATION_CREDENTIALS, gcloud, the account of the machine), which is"
                  + " the better way. What is in it is never logged or shown.");

  public static final ConfigOption<MemorySize> CHUNK_SIZE =
      ConfigOptions.key(PREFIX + "writer.chunk.size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(8))
          .withLimit(
              size ->
                  size.getBytes() > 0
                      && size.getBytes() % CHUNK_UNIT.getBytes() == 0
                      && size.compareTo(GREATEST_CHUNK) <= 0,
              "multiples of 256 kb, up to 512 mb")
          .withDescription(
              "Objects are uploaded in parts of this size; one that is being written takes that much"
                  + " memory.");

  public static final ConfigOption<Duration> REQUEST_TIMEOUT =
      ConfigOptions.key(PREFIX + "request-timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withLimit(timeout -> timeout.toMillis() > 0, "more than 0")
          .withDescription(
              "A connection that takes longer to come about, to take what is sent, or to answer, is"
                  + " given up, and the request tried again.");

  public static final ConfigOption<Duration> OPERATION_TIMEOUT =
      ConfigOptions.key(PREFIX + "operation-timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(2))
          .withFallbackKeys(PREFIX + "retry.total-timeout")
          .withLimit(timeout -> timeout.toMillis() > 0, "more than 0")
          .withDescription("After this long a request that has failed is not tried again.");
}
