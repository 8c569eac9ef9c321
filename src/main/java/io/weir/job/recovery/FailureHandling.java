package io.weir.job.recovery;

/** What follows a failure of a job. Every {@code why} is one sentence for people. */
public sealed interface FailureHandling {
  /** It starts again at once, and does without a snapshot that turned out to be damaged. */
  record SkipSnapshot(String path, String damage) implements FailureHandling {}

  /** It starts again at once; that counts as no failure of the job. */
  record RestartNow(String why) implements FailureHandling {}

  /** It starts again after a delay. */
  record RestartLater(long delayMillis, String why) implements FailureHandling {}

  /** It stays failed. */
  record GiveUp(String why) implements FailureHandling {}
}
