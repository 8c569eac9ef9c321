package io.weir.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How Flink 2.3 answers, read from {@code flink-contract.json}, which says where that was recorded
 * and how it is to be read.
 */
public final class FlinkContract {
  private static final Map<String, String> OF_A_CHECKPOINT =
      Map.of(
          "explanation", "string|null",
          "verified_timestamp", "int",
          "damage", "string|null",
          "pinned", "boolean",
          "ownership", "string",
          "label", "string|null");

  /** What Weir's answers may have beyond Flink's, by the type, or by the endpoint and field. */
  private static final Map<String, Map<String, String>> ADDED =
      Map.of(
          "Entry",
          OF_A_CHECKPOINT,
          "GET /jobs/:jobid/checkpoints/details/:checkpointid",
          OF_A_CHECKPOINT,
          // Flink may have it, too
          "GET /jobs/:jobid/vertices/:vertexid/backpressure/subtasks/*",
          Map.of("attempt-number", "int"));

  private final JsonNode document;

  private FlinkContract(JsonNode document) {
    this.document = document;
  }

  public static FlinkContract read() throws IOException {
    try (InputStream file = FlinkContract.class.getResourceAsStream("flink-contract.json")) {
      return new FlinkContract(new ObjectMapper().readTree(file));
    }
  }

  /**
   * A request and what is answered.
   *
   * @param endpoint method and path, with parameters as {@code :name}
   * @param with values of parameters that differ
   * @param shape null for an error
   * @param errors a part of each text; null for none
   */
  public record Expected(
      String endpoint,
      String name,
      Map<String, String> with,
      String body,
      int status,
      JsonNode shape,
      List<String> errors) {

    public String method() {
      return endpoint.substring(0, endpoint.indexOf(' '));
    }

    /** The path with all parameters, those that differ first. */
    public String path(Map<String, String> usual) {
      return fill(endpoint.substring(endpoint.indexOf(' ') + 1), ":%s", usual);
    }

    /** A part of each text of the error. */
    public List<String> errors(Map<String, String> usual) {
      return errors.stream().map(text -> fill(text, "{%s}", usual)).toList();
    }

    private String fill(String text, String pattern, Map<String, String> usual) {
      Map<String, String> values = new HashMap<>(usual);
      values.putAll(with);
      String filled = text;
      for (Map.Entry<String, String> value : values.entrySet()) {
        filled = filled.replace(pattern.formatted(value.getKey()), value.getValue());
      }
      return filled;
    }

    @Override
    public String toString() {
      return endpoint + ", " + name;
    }
  }

  /** Methods and paths. */
  public Set<String> endpoints() {
    Set<String> endpoints = new TreeSet<>();
    document.get("endpoints").fieldNames().forEachRemaining(endpoints::add);
    return endpoints;
  }

  /** What an endpoint answers when all is well. */
  public Expected success(String endpoint) {
    return expected(endpoint, "success", document.get("endpoints").get(endpoint));
  }

  /** What an endpoint answers otherwise. */
  public List<Expected> cases(String endpoint) {
    List<Expected> cases = new ArrayList<>();
    JsonNode malformed = document.get("malformed");
    for (JsonNode each : malformed.get("parameters")) {
      String parameter = each.asText();
      if (endpoint.matches(".*:" + parameter + "\\b.*") && !endpoint.contains("?get=")) {
        cases.add(
            new Expected(
                endpoint,
                "malformed " + parameter,
                Map.of(parameter, malformed.get("value").asText()),
                "{}",
                malformed.get("status").asInt(),
                null,
                texts(malformed.get("errors")).stream()
                    .map(text -> text.replace("{parameter}", parameter))
                    .toList()));
      }
    }
    for (JsonNode each : document.get("endpoints").get(endpoint).path("cases")) {
      cases.add(expected(endpoint, each.get("case").asText(), each));
    }
    return cases;
  }

  /** What an endpoint answers of a job that has ended so. */
  public Expected ended(String endpoint, String status) {
    for (JsonNode each : document.get("endpoints").get(endpoint).get("ended")) {
      if (each.get("case").asText().equals("job " + status)) {
        return expected(endpoint, "job " + status, each);
      }
    }
    throw new AssertionError("nothing is recorded of " + endpoint + " for a job " + status);
  }

  /** Requests that no endpoint answers. */
  public List<Expected> elsewhere() {
    List<Expected> all = new ArrayList<>();
    for (JsonNode each : document.get("elsewhere")) {
      all.add(expected(each.get("request").asText(), "no endpoint", each));
    }
    return all;
  }

  private static Expected expected(String endpoint, String name, JsonNode recorded) {
    Map<String, String> with = new HashMap<>();
    recorded
        .path("with")
        .properties()
        .forEach(each -> with.put(each.getKey(), each.getValue().asText()));
    String request =
        recorded.has("query")
            ? endpoint.replaceFirst("\\?.*", "") + recorded.get("query").asText()
            : endpoint;
    return new Expected(
        request,
        name,
        with,
        recorded.path("body").asText("{}"),
        recorded.get("status").asInt(),
        recorded.get("answer"),
        recorded.has("errors") ? texts(recorded.get("errors")) : null);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** A type that several answers have. */
  public JsonNode type(String name) {
    return document.get("types").get(name);
  }

  /** The types that several answers have. */
  List<String> types() {
    List<String> names = new ArrayList<>();
    document.get("types").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /**
   * What Weir's answers may have beyond Flink's.
   *
   * @param place the type or the endpoint, and behind it the fields down to the object, {@code *}
   *     for an element
   */
  static Map<String, String> added(String place) {
    return ADDED.getOrDefault(place, Map.of());
  }

  /**
   * Where an answer is not as recorded: a line each, none if it is.
   *
   * @param place the type or the endpoint
   */
  public List<String> differences(String place, JsonNode shape, JsonNode answer) {
    List<String> found = new ArrayList<>();
    compare(place, shape, answer, found);
    return found;
  }

  private void compare(String place, JsonNode shape, JsonNode answer, List<String> found) {
    if (shape.isTextual()) {
      compareValue(place, shape.asText(), answer, found);
    } else if (shape.isArray()) {
      compareList(place, shape, answer, found);
    } else if (!answer.isObject()) {
      found.add(place + " is no object: " + answer);
    } else if (shape.has("*")) {
      for (Map.Entry<String, JsonNode> each : answer.properties()) {
        compare(place + "/" + each.getKey(), shape.get("*"), each.getValue(), found);
      }
    } else {
      compareFields(place, shape, answer, found);
    }
  }

  private void compareList(String place, JsonNode shape, JsonNode answer, List<String> found) {
    if (!answer.isArray()) {
      found.add(place + " is no list: " + answer);
    } else if (!shape.isEmpty()) {
      if (answer.isEmpty()) {
        found.add(place + " is empty");
      }
      answer.forEach(element -> compare(place + "/*", shape.get(0), element, found));
    }
  }

  private void compareFields(String place, JsonNode shape, JsonNode answer, List<String> found) {
    Set<String> known = new TreeSet<>();
    for (Map.Entry<String, JsonNode> field : shape.properties()) {
      String name = name(field.getKey());
      known.add(name);
      if (answer.has(name)) {
        compare(place + "/" + name, field.getValue(), answer.get(name), found);
      } else if (!isOptional(field.getKey())) {
        found.add(place + " has no " + name);
      }
    }
    for (Map.Entry<String, JsonNode> field : answer.properties()) {
      String type = added(place).get(field.getKey());
      if (type != null) {
        compareValue(place + "/" + field.getKey(), type, field.getValue(), found);
      } else if (!known.contains(field.getKey())) {
        found.add(place + " has " + field.getKey() + ", which Flink has not");
      }
    }
  }

  static boolean isOptional(String field) {
    return field.endsWith("?");
  }

  /** A field's name without the mark. */
  static String name(String field) {
    return field.replace("?", "");
  }

  private void compareValue(String place, String type, JsonNode answer, List<String> found) {
    String plain = type.replace("|null", "");
    if (!type.equals(plain) && answer.isNull()) {
      return;
    }
    boolean matches =
        switch (plain) {
          case "int" -> answer.isIntegralNumber();
          case "double", "number" -> answer.isNumber();
          case "percentile" -> answer.isNumber() || answer.asText().equals("NaN");
          case "boolean" -> answer.isBoolean();
          case "string" -> answer.isTextual();
          default -> {
            compare(plain, type(plain), answer, found);
            yield true;
          }
        };
    if (!matches) {
      found.add(place + " is not of type " + type + ": " + answer);
    }
  }
}
