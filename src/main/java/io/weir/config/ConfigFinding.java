package io.weir.config;

/**
 * Something about a configuration that its author should know.
 *
 * @param key the key as it was configured
 * @param message a complete sentence that names the key and what to do
 */
public record ConfigFinding(Kind kind, String key, String message) {

  /** What was found. */
  public enum Kind {
    /** The value cannot be used: a job with this configuration must not start. */
    INVALID,
    /** The key or value is known from Flink and Weir has no such function. */
    UNSUPPORTED,
    /** No option has this key; probably a slip. */
    UNKNOWN,
    /** The key is known and setting it changes nothing. */
    WITHOUT_EFFECT,
    /** The key works and has a newer name. */
    OLDER_KEY,
    /** The same option is also set under a newer key, which wins. */
    HIDDEN;

    /** Whether a job with such a finding must not start. */
    public boolean isFatal() {
      return this == INVALID || this == UNSUPPORTED;
    }
  }
}
