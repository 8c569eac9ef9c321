package io.weir.config;

/** What a job with two-phase sinks does when the checkpoint that it would go back to is damaged. */
public enum DamagedCheckpoint {
  /** It goes back to the next older one: what its sinks have committed since is repeated. */
  FALL_BACK,
  /** It does not start: nothing is repeated unless somebody decides so. */
  FAIL
}
