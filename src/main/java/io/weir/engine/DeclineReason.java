package io.weir.engine;

/** Why a task declines a checkpoint. */
public enum DeclineReason {
  /** The task is not (or no longer) running. */
  NOT_READY("was not ready to take part"),
  /** The barrier of a newer checkpoint came first. */
  SUBSUMED("met the barrier of a newer checkpoint first"),
  /** Writing the snapshot failed. */
  ASYNC_FAILED("could not write its state"),
  /** The source has come to its end. */
  END_OF_INPUT("came to the end of an input that had not delivered its barrier");

  private final String words;

  DeclineReason(String words) {
    this.words = words;
  }

  /** For a sentence that has named the task already. */
  public String words() {
    return words;
  }
}
