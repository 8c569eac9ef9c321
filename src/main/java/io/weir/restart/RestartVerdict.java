package io.weir.restart;

/** What becomes of a job that failed. */
public sealed interface RestartVerdict {

  /**
   * It starts again.
   *
   * @param delayMillis from the failure to the restart
   * @param next to be asked at the next failure
   */
  record Restart(long delayMillis, RestartBackoff next) implements RestartVerdict {}

  /**
   * It stays failed.
   *
   * @param why for people
   */
  record GiveUp(String why) implements RestartVerdict {}
}
