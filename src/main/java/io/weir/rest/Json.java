package io.weir.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes and reads JSON. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /**
   * A request's body; a missing one counts as {@code {}}.
   *
   * @throws ApiException 400 if it is no JSON object
   */
  static ObjectNode body(String text, String expected) {
    if (text == null || text.isBlank()) {
      return object();
    }
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode body) {
        return body;
      }
    } catch (JsonProcessingException e) {
      // answered below
    }
    throw mismatch(expected);
  }

  /** A value of maps, lists, records and plain values as JSON. */
  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * An object, array or text in quotes as maps, lists and plain values, whole numbers as {@link
   * Long}; anything else is taken as the text that it is.
   */
  static Object value(String text) {
    if (text.isEmpty() || "{[\"".indexOf(text.charAt(0)) < 0) {
      return text;
    }
    try {
      return MAPPER
          .readerFor(Object.class)
          .with(DeserializationFeature.USE_LONG_FOR_INTS)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readValue(text);
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  static ApiException mismatch(String expected) {
    return ApiException.badRequest(
        "Bad request received. Request did not match expected format " + expected + ".");
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON cannot be written: " + e.getMessage(), e);
    }
  }
}
