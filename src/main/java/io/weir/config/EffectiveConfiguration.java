package io.weir.config;

import java.util.List;

/**
 * Everything that is in force in a server, with where it is from. Immutable.
 *
 * @param entries in the order of the keys
 * @param findings what its author should know about it
 */
public record EffectiveConfiguration(List<Entry> entries, List<ConfigFinding> findings) {

  /**
   * A key and what holds for it. What is secret is hidden.
   *
   * @param key as it was configured, present or older
   * @param value in force
   * @param defaultValue what would hold if nothing were configured, or null
   * @param source where the value was found, in words; null if it is the default
   */
  public record Entry(String key, String value, String defaultValue, String source) {
    public Entry {
      value = SecretKeys.isSecret(key) ? SecretKeys.HIDDEN : value;
    }
  }

  public EffectiveConfiguration {
    entries = List.copyOf(entries);
    findings = List.copyOf(findings);
  }
}
