package io.weir.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a server answers, read from a file that says how it is to be read: Flink's paths from {@code
 * flink-contract.json}, Weir's own from {@code weir-contract.json}.
 */
public final class AnswerContract {
  private final JsonNode document;
  private final AnswerShapes shapes;

  private AnswerContract(JsonNode document, AnswerShapes shapes) {
    this.document = document;
    this.shapes = shapes;
  }

  /** How Flink 2.3 answers. */
  public static AnswerContract ofFlink() throws IOException {
    JsonNode document = document("flink-contract.json");
    return new AnswerContract(document, new AnswerShapes((ObjectNode) document.get("types")));
  }

  /** How the resources below {@code /weir/v1} answer. Its types are also those of Flink. */
  public static AnswerContract ofWeir() throws IOException {
    JsonNode document = document("weir-contract.json");
    ObjectNode types = (ObjectNode) document("flink-contract.json").get("types");
    for (Map.Entry<String, JsonNode> type : document.get("types").properties()) {
      if (types.putIfAbsent(type.getKey(), type.getValue()) != null) {
        throw new AssertionError("Flink's answers have a type " + type.getKey() + ", too");
      }
    }
    return new AnswerContract(document, new AnswerShapes(types));
  }

  private static JsonNode document(String name) throws IOException {
    try (InputStream file = AnswerContract.class.getResourceAsStream(name)) {
      return new ObjectMapper().readTree(file);
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
    JsonNode malformed = document.path("malformed");
    for (JsonNode each : malformed.path("parameters")) {
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

  /** The fields that a request's body may have; empty if nothing is said of them. */
  public Optional<JsonNode> request(String endpoint) {
    return Optional.ofNullable(document.get("endpoints").get(endpoint).get("request"));
  }

  /** What the shapes of answers mean. */
  public AnswerShapes shapes() {
    return shapes;
  }
}
