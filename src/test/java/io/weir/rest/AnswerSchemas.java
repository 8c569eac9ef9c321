package io.weir.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Renders the answers of Flink's endpoints as JSON schemas: what a server is tested against is what
 * the document says.
 */
final class AnswerSchemas {
  private final FlinkContract contract;

  /** By method and path, without the names of parameters. */
  private final Map<String, String> endpoints = new HashMap<>();

  AnswerSchemas(FlinkContract contract) {
    this.contract = contract;
    for (String endpoint : contract.endpoints()) {
      if (!endpoint.contains("?get=")) {
        endpoints.put(endpoint.replaceFirst("\\?.*", "").replaceAll(":\\w+", "{}"), endpoint);
      }
    }
  }

  /** Empty if the endpoint is not Flink's. */
  Optional<ObjectNode> of(String verb, String path) {
    return endpoint(verb, path)
        .map(endpoint -> schema(endpoint, contract.success(endpoint).shape()));
  }

  /** With which status Flink answers; empty if the endpoint is not Flink's. */
  Optional<Integer> status(String verb, String path) {
    return endpoint(verb, path).map(endpoint -> contract.success(endpoint).status());
  }

  private Optional<String> endpoint(String verb, String path) {
    return Optional.ofNullable(endpoints.get(verb + " " + path.replaceAll("\\{\\w+}", "{}")));
  }

  /** The types that answers refer to. */
  void putTypes(ObjectNode schemas) {
    for (String name : contract.types()) {
      schemas.set(name, schema(name, contract.type(name)));
    }
  }

  private ObjectNode schema(String place, JsonNode shape) {
    if (shape.isTextual()) {
      return value(shape.asText());
    }
    ObjectNode schema = Json.object();
    if (shape.isArray()) {
      schema.put("type", "array");
      if (!shape.isEmpty()) {
        schema.set("items", schema(place + "/*", shape.get(0)));
      }
      return schema;
    }
    schema.put("type", "object");
    if (shape.has("*")) {
      schema.set("additionalProperties", schema(place + "/*", shape.get("*")));
      return schema;
    }
    ObjectNode properties = Json.object();
    ArrayNode required = Json.array();
    for (Map.Entry<String, JsonNode> field : shape.properties()) {
      String name = FlinkContract.name(field.getKey());
      properties.set(name, schema(place + "/" + name, field.getValue()));
      if (!FlinkContract.isOptional(field.getKey())) {
        required.add(name);
      }
    }
    FlinkContract.added(place).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> properties.set(each.getKey(), value(each.getValue())));
    if (!properties.isEmpty()) {
      schema.set("properties", properties);
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  private static ObjectNode value(String type) {
    String plain = type.replace("|null", "");
    ObjectNode schema =
        switch (plain) {
          case "int" -> Json.object().put("type", "integer").put("format", "int64");
          case "double", "number" -> Json.object().put("type", "number");
          case "boolean", "string" -> Json.object().put("type", plain);
          case "percentile" -> percentile();
          default -> Json.object().put("$ref", "#/components/schemas/" + plain);
        };
    if (type.equals(plain)) {
      return schema;
    }
    ObjectNode orNull = Json.object();
    orNull.putArray("anyOf").add(schema).addObject().put("type", "null");
    return orNull;
  }

  private static ObjectNode percentile() {
    ObjectNode schema = Json.object();
    ArrayNode either = schema.putArray("anyOf");
    either.addObject().put("type", "number");
    either.addObject().put("type", "string").put("const", "NaN");
    return schema;
  }
}
