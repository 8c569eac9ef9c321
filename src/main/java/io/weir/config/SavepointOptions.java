package io.weir.config;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** {@code weir.savepoints.*}: savepoints that a job takes, and removes, by itself. */
public final class SavepointOptions {
  /** As much as the catalog has room for. */
  private static final int MAX_LABEL_LENGTH = 100;

  private static final String LABELS =
      "a text of 1 to " + MAX_LABEL_LENGTH + " characters, in one line";

  private static final String PREFIX = "weir.savepoints.";

  private SavepointOptions() {}

  public static final ConfigOption<CronExpression> SCHEDULE =
      ConfigOptions.key(PREFIX + "schedule")
          .cronType()
          .noDefaultValue()
          .withDescription(
              "When the job takes a savepoint by itself. Several times that have passed while the"
                  + " job did not run are made up for with one. Needs a directory for savepoints.");

  public static final ConfigOption<ZoneId> TIME_ZONE =
      ConfigOptions.key(PREFIX + "time-zone")
          .zoneType()
          .defaultValue(ZoneOffset.UTC)
          .withDescription("The zone that the schedule is meant in.");

  public static final ConfigOption<Integer> RETAINED =
      ConfigOptions.key(PREFIX + "retained")
          .intType()
          .defaultValue(7)
          .withLimit(count -> count >= 1, "a whole number of at least 1")
          .withDescription(
              "Savepoints taken by the schedule that are kept, those that are known to be damaged not"
                  + " counted. Older ones are removed, unless they are pinned or a job may have to go"
                  + " back to them; savepoints that somebody has asked for never are.");

  public static final ConfigOption<Duration> RETAIN_FOR =
      ConfigOptions.key(PREFIX + "retain-for")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withDescription(
              "How long each of them is kept at least, also beyond that number; 0 if only the number"
                  + " counts.");

  public static final ConfigOption<String> LABEL =
      ConfigOptions.key(PREFIX + "label")
          .stringType()
          .noDefaultValue()
          .withLimit(SavepointOptions::isLabel, LABELS)
          .withDescription("What savepoints taken by the schedule are labelled with.");

  /**
   * Checks what a checkpoint or savepoint is to be called.
   *
   * @throws IllegalArgumentException if it cannot be
   */
  public static void requireLabel(String text) {
    if (!isLabel(text)) {
      throw new IllegalArgumentException(
          "'%s' cannot be a label. Give it %s.".formatted(text, LABELS));
    }
  }

  private static boolean isLabel(String text) {
    return !text.isBlank()
        && text.length() <= MAX_LABEL_LENGTH
        && text.chars().noneMatch(Character::isISOControl);
  }
}
