package io.weir.inspect;

import io.weir.api.state.StoredObject;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * A hash of 64 bits of a stored value, by its content: the same whichever types have written it, as
 * long as fields and their values are the same. That two different values have the same one is as
 * good as impossible for values that nobody has made up for it.
 */
final class Fingerprint {
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private Fingerprint() {}

  static long of(Object mapKey, Object value) {
    return mixed(of(mapKey) * PRIME + of(value));
  }

  private static long of(Object stored) {
    if (stored == null) {
      return PRIME;
    }
    if (stored instanceof Integer || stored instanceof Short || stored instanceof Byte) {
      return mixed(((Number) stored).longValue());
    }
    if (stored instanceof Long number) {
      return mixed(number);
    }
    if (stored instanceof StoredObject object) {
      return entries(object.fields());
    }
    if (stored instanceof Map<?, ?> map) {
      return entries(map);
    }
    if (stored instanceof Set<?> elements) {
      long sum = elements.size();
      for (Object each : elements) {
        sum += of(each);
      }
      return mixed(sum);
    }
    if (stored instanceof Collection<?> elements) {
      long hash = elements.size();
      for (Object each : elements) {
        hash = mixed(hash * PRIME + of(each));
      }
      return hash;
    }
    return stored.getClass().isArray() ? array(stored) : text(stored.toString());
  }

  private static long entries(Map<?, ?> entries) {
    long sum = entries.size();
    for (Map.Entry<?, ?> each : entries.entrySet()) {
      sum += of(each.getKey(), each.getValue());
    }
    return mixed(sum);
  }

  private static long array(Object stored) {
    long hash = Array.getLength(stored);
    for (int i = 0; i < Array.getLength(stored); i++) {
      hash = mixed(hash * PRIME + of(Array.get(stored, i)));
    }
    return hash;
  }

  private static long text(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = mixed(hash * PRIME + text.charAt(i));
    }
    return hash;
  }

  /** Spreads every bit over all of them. */
  static long mixed(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
