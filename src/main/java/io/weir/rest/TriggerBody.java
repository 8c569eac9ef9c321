package io.weir.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.api.environment.SavepointFormatType;
import io.weir.job.SavepointRequest;
import java.util.Optional;
import java.util.UUID;

/**
 * The body of a request that starts something. Every method answers 400 to what is not as expected.
 *
 * @param type what Flink calls such a body
 */
record TriggerBody(ObjectNode content, String type) {

  /** Reads it; a missing one counts as {@code {}}. */
  static TriggerBody of(String text, String type) {
    return new TriggerBody(Json.body(text, type), type);
  }

  Optional<String> text(String field) {
    JsonNode value = content.get(field);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw mismatch();
    }
    return Optional.of(value.textValue());
  }

  boolean flag(String field) {
    JsonNode value = content.get(field);
    if (value == null || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw mismatch();
    }
    return value.booleanValue();
  }

  /** The id that the caller has given, or a new one. */
  String triggerId() {
    String given = text("triggerId").orElseGet(() -> UUID.randomUUID().toString().replace("-", ""));
    if (!PathIds.isTrigger(given)) {
      throw mismatch();
    }
    return given;
  }

  /** What is asked of a savepoint. Flink's requests have no {@code label}. */
  SavepointRequest savepoint(String directoryField) {
    SavepointFormatType format =
        switch (text("formatType").orElse("CANONICAL")) {
          case "CANONICAL" -> SavepointFormatType.CANONICAL;
          case "NATIVE" -> SavepointFormatType.NATIVE;
          default -> throw mismatch();
        };
    try {
      return new SavepointRequest(text(directoryField), format, text("label"));
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(e.getMessage());
    }
  }

  ApiException mismatch() {
    return Json.mismatch(type);
  }
}
