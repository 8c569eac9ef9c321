package io.weir.restart;

/** The job never starts again. */
record NoBackoff() implements RestartBackoff {

  @Override
  public RestartVerdict onFailure(long nowMillis, double random) {
    return new RestartVerdict.GiveUp(
        "The job has no restart strategy; set restart-strategy.type to let it start again.");
  }
}
