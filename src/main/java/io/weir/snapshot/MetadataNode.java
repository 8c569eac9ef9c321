package io.weir.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A node of a metadata document with strict access: what is absent or of another type is damage.
 *
 * @param place where in the document it is, for messages
 */
record MetadataNode(JsonNode json, String place) {

  /** What reads one element. */
  interface Parser<T> {
    T parse(MetadataNode node) throws CorruptStateException;
  }

  boolean has(String field) {
    return json.hasNonNull(field);
  }

  MetadataNode get(String field) throws CorruptStateException {
    JsonNode value = json.get(field);
    if (value == null) {
      throw new CorruptStateException(place + " has no '" + field + "'");
    }
    return new MetadataNode(value, field + " of " + place);
  }

  String text(String field) throws CorruptStateException {
    JsonNode value = get(field).json;
    if (!value.isTextual()) {
      throw mistyped(field, "text");
    }
    return value.textValue();
  }

  /** Text or null. */
  String textOrNull(String field) throws CorruptStateException {
    return get(field).json.isNull() ? null : text(field);
  }

  int integer(String field) throws CorruptStateException {
    JsonNode value = get(field).json;
    if (!value.isInt()) {
      throw mistyped(field, "a whole number");
    }
    return value.intValue();
  }

  long longInteger(String field) throws CorruptStateException {
    JsonNode value = get(field).json;
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw mistyped(field, "a whole number");
    }
    return value.longValue();
  }

  byte[] bytes(String field) throws CorruptStateException {
    String text = text(field);
    try {
      return get(field).json.binaryValue();
    } catch (IOException e) {
      throw new CorruptStateException(
          field + " of " + place + " is not Base64: " + text.length() + " characters", e);
    }
  }

  long[] longs(String field) throws CorruptStateException {
    JsonNode values = array(field);
    long[] longs = new long[values.size()];
    for (int i = 0; i < longs.length; i++) {
      JsonNode value = values.get(i);
      if (!value.isIntegralNumber() || !value.canConvertToLong()) {
        throw mistyped(field, "a list of whole numbers");
      }
      longs[i] = value.longValue();
    }
    return longs;
  }

  int[] integers(String field) throws CorruptStateException {
    JsonNode values = array(field);
    int[] integers = new int[values.size()];
    for (int i = 0; i < integers.length; i++) {
      if (!values.get(i).isInt()) {
        throw mistyped(field, "a list of whole numbers");
      }
      integers[i] = values.get(i).intValue();
    }
    return integers;
  }

  <T> List<T> list(String field, Parser<T> parser) throws CorruptStateException {
    JsonNode values = array(field);
    List<T> list = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      list.add(parser.parse(new MetadataNode(values.get(i), field + "[" + i + "] of " + place)));
    }
    return list;
  }

  Set<Map.Entry<String, JsonNode>> fields(String field) throws CorruptStateException {
    JsonNode object = get(field).json;
    if (!object.isObject()) {
      throw mistyped(field, "an object");
    }
    return object.properties();
  }

  private JsonNode array(String field) throws CorruptStateException {
    JsonNode values = get(field).json;
    if (!values.isArray()) {
      throw mistyped(field, "a list");
    }
    return values;
  }

  private CorruptStateException mistyped(String field, String expected) {
    return new CorruptStateException(field + " of " + place + " is not " + expected);
  }
}
