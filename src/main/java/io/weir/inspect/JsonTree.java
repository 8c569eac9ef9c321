package io.weir.inspect;

import io.weir.api.state.StoredObject;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a stored value, as it is read without its classes, into what a JSON document can hold: a
 * record, POJO or tuple and a map with simple keys into a {@link Map}; any other map into a list of
 * {@code {"key", "value"}}; lists, sets and arrays into a {@link List}; whole numbers into {@link
 * Long}, others into {@link Double}; bytes into Base64; everything else into its text.
 *
 * <p>Takes no more parts than asked for, and of each text no more than {@link #LONGEST_TEXT}
 * characters; {@code "…"} stands for what is left out.
 */
final class JsonTree {
  static final int LONGEST_TEXT = 2_000;
  private static final String MORE = "…";

  private int partsLeft;

  private JsonTree(int mostParts) {
    partsLeft = mostParts;
  }

  static Object of(Object stored, int mostParts) {
    return new JsonTree(mostParts).convert(stored);
  }

  private Object convert(Object stored) {
    partsLeft--;
    if (stored == null || stored instanceof Boolean || stored instanceof Long) {
      return stored;
    }
    if (stored instanceof Integer || stored instanceof Short || stored instanceof Byte) {
      return ((Number) stored).longValue();
    }
    if (stored instanceof Double || stored instanceof Float) {
      double number = Double.parseDouble(stored.toString());
      return Double.isFinite(number) ? (Object) number : stored.toString();
    }
    if (stored instanceof StoredObject object) {
      return fields(object.fields());
    }
    if (stored instanceof Map<?, ?> map) {
      return map.keySet().stream().allMatch(JsonTree::isSimple) ? fields(map) : pairs(map);
    }
    if (stored instanceof Collection<?> elements) {
      return elements(elements.iterator());
    }
    if (stored instanceof byte[] bytes) {
      return text(Base64.getEncoder().encodeToString(bytes));
    }
    return stored.getClass().isArray() ? array(stored) : text(stored.toString());
  }

  private static boolean isSimple(Object key) {
    return key instanceof String
        || key instanceof Number
        || key instanceof Boolean
        || (key != null && key.getClass().getName().startsWith("java.") && !isContainer(key));
  }

  private static boolean isContainer(Object key) {
    return key instanceof Collection<?> || key instanceof Map<?, ?>;
  }

  private Map<String, Object> fields(Map<?, ?> stored) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Map.Entry<?, ?> each : stored.entrySet()) {
      if (partsLeft <= 0) {
        fields.put(MORE, (long) stored.size() - fields.size());
        break;
      }
      fields.put(text(String.valueOf(each.getKey())), convert(each.getValue()));
    }
    return fields;
  }

  private List<Object> pairs(Map<?, ?> stored) {
    List<Object> pairs = new ArrayList<>();
    for (Map.Entry<?, ?> each : stored.entrySet()) {
      if (partsLeft <= 0) {
        pairs.add(MORE);
        break;
      }
      Map<String, Object> pair = new LinkedHashMap<>();
      pair.put("key", convert(each.getKey()));
      pair.put("value", convert(each.getValue()));
      pairs.add(pair);
    }
    return pairs;
  }

  private List<Object> elements(Iterator<?> stored) {
    List<Object> elements = new ArrayList<>();
    while (stored.hasNext()) {
      if (partsLeft <= 0) {
        elements.add(MORE);
        break;
      }
      elements.add(convert(stored.next()));
    }
    return elements;
  }

  private List<Object> array(Object stored) {
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(stored); i++) {
      if (partsLeft <= 0) {
        elements.add(MORE);
        break;
      }
      elements.add(convert(Array.get(stored, i)));
    }
    return elements;
  }

  private static String text(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + MORE;
  }
}
