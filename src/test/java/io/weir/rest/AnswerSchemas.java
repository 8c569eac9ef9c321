package io.weir.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Renders the answers of endpoints, and the bodies of their requests, as JSON schemas: what a
 * server is tested against is what the document says.
 */
final class AnswerSchemas {
  /** An answer that is no JSON. */
  private static final String TEXT = "text";

  private record Endpoint(AnswerContract contract, String name) {}

  private final AnswerContract weir;

  /** By method and path, without the names of parameters. */
  private final Map<String, Endpoint> endpoints = new HashMap<>();

  AnswerSchemas(AnswerContract flink, AnswerContract weir) {
    this.weir = weir;
    add(flink);
    add(weir);
  }

  private void add(AnswerContract contract) {
    for (String name : contract.endpoints()) {
      if (!name.contains("?get=")) {
        endpoints.put(
            name.replaceFirst("\\?.*", "").replaceAll(":\\w+", "{}"), new Endpoint(contract, name));
      }
    }
  }

  /**
   * The content of an answer: its type and the schema of that.
   *
   * @return empty if there is no such endpoint in a contract
   */
  Optional<ObjectNode> content(String verb, String path) {
    return endpoint(verb, path)
        .map(
            endpoint -> {
              JsonNode shape = endpoint.contract.success(endpoint.name).shape();
              return shape.asText().equals(TEXT)
                  ? content("text/plain", Json.object().put("type", "string"))
                  : content("application/json", schema(endpoint.name, shape));
            });
  }

  /** The content of a request's body; empty if a contract says nothing of it. */
  Optional<ObjectNode> request(String verb, String path) {
    return endpoint(verb, path)
        .flatMap(endpoint -> endpoint.contract.request(endpoint.name))
        .map(shape -> content("application/json", schema(verb + " " + path, shape)));
  }

  private static ObjectNode content(String type, ObjectNode schema) {
    ObjectNode content = Json.object();
    content.putObject(type).set("schema", schema);
    return content;
  }

  /** With which status is answered; empty if there is no such endpoint in a contract. */
  Optional<Integer> status(String verb, String path) {
    return endpoint(verb, path).map(endpoint -> endpoint.contract.success(endpoint.name).status());
  }

  private Optional<Endpoint> endpoint(String verb, String path) {
    return Optional.ofNullable(endpoints.get(verb + " " + path.replaceAll("\\{\\w+}", "{}")));
  }

  /** The types that answers refer to. */
  void putTypes(ObjectNode schemas) {
    AnswerShapes shapes = weir.shapes();
    for (String name : shapes.types()) {
      schemas.set(name, schema(name, shapes.type(name)));
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
      String name = AnswerShapes.name(field.getKey());
      properties.set(name, schema(place + "/" + name, field.getValue()));
      if (!AnswerShapes.isOptional(field.getKey())) {
        required.add(name);
      }
    }
    AnswerShapes.added(place).entrySet().stream()
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
    ObjectNode schema = AnswerShapes.choices(plain).map(AnswerSchemas::choice).orElse(null);
    if (schema == null) {
      schema = plainValue(plain);
    }
    if (type.equals(plain)) {
      return schema;
    }
    ObjectNode orNull = Json.object();
    orNull.putArray("anyOf").add(schema).addObject().put("type", "null");
    return orNull;
  }

  private static ObjectNode choice(List<String> texts) {
    ObjectNode schema = Json.object().put("type", "string");
    ArrayNode choices = schema.putArray("enum");
    texts.forEach(choices::add);
    return schema;
  }

  private static ObjectNode plainValue(String type) {
    return switch (type) {
      case "int" -> Json.object().put("type", "integer").put("format", "int64");
      case "double", "number" -> Json.object().put("type", "number");
      case "boolean", "string" -> Json.object().put("type", type);
      case "percentile" -> percentile();
      case "any" -> Json.object();
      default -> Json.object().put("$ref", "#/components/schemas/" + type);
    };
  }

  private static ObjectNode percentile() {
    ObjectNode schema = Json.object();
    ArrayNode either = schema.putArray("anyOf");
    either.addObject().put("type", "number");
    either.addObject().put("type", "string").put("const", "NaN");
    return schema;
  }
}
