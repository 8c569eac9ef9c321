package io.weir.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.api.environment.JobStatus;
import io.weir.api.environment.RestoreReport;
import io.weir.config.ConfigFinding;
import io.weir.config.RecoveryClaimMode;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.Ownership;
import io.weir.snapshot.SnapshotFormat;
import io.weir.snapshot.SnapshotKind;
import io.weir.snapshot.StateKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The types that answers have, and whether an answer has the shape that a contract gives it. */
public final class AnswerShapes {
  private static final Map<String, String> OF_A_CHECKPOINT =
      Map.of(
          "explanation", "string|null",
          "verified_timestamp", "int",
          "damage", "string|null",
          "pinned", "boolean",
          "ownership", "enum Ownership",
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

  /** The types of which an answer has a constant's name. */
  private static final Map<String, Class<? extends Enum<?>>> ENUMS =
      Map.of(
          "JobStatus", JobStatus.class,
          "CheckpointStatus", CheckpointStatus.class,
          "Verdict", RestoreReport.Verdict.class,
          "Match", RestoreReport.Match.class,
          "ConfigFinding", ConfigFinding.Kind.class,
          "RecoveryClaimMode", RecoveryClaimMode.class,
          "Ownership", Ownership.class,
          "SnapshotFormat", SnapshotFormat.class,
          "SnapshotKind", SnapshotKind.class,
          "StateKind", StateKind.class);

  private static final String ONE_OF = "one of ";
  private static final String ENUM = "enum ";

  /** In place of a second element. */
  private static final String MAY_BE_EMPTY = "?";

  private final ObjectNode types;

  AnswerShapes(ObjectNode types) {
    this.types = types;
  }

  /** A type that several answers have. */
  public JsonNode type(String name) {
    JsonNode type = types.get(name);
    if (type == null) {
      throw new AssertionError("the contract has no type '" + name + "'");
    }
    return type;
  }

  /** The types that several answers have. */
  List<String> types() {
    List<String> names = new ArrayList<>();
    types.fieldNames().forEachRemaining(names::add);
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

  /** The texts that a value of this type may be; empty if it is no such type. */
  static Optional<List<String>> choices(String type) {
    if (type.startsWith(ONE_OF)) {
      return Optional.of(List.of(type.substring(ONE_OF.length()).split(", ")));
    }
    if (type.startsWith(ENUM)) {
      Class<? extends Enum<?>> constants = ENUMS.get(type.substring(ENUM.length()));
      return Optional.of(Stream.of(constants.getEnumConstants()).map(Enum::name).toList());
    }
    return Optional.empty();
  }

  static boolean isOptional(String field) {
    return field.endsWith("?");
  }

  /** A field's name without the mark. */
  public static String name(String field) {
    return field.replace("?", "");
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
      if (answer.isEmpty() && !shape.path(1).asText().equals(MAY_BE_EMPTY)) {
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
        found.add(place + " has " + field.getKey() + ", which is not in the contract");
      }
    }
  }

  private void compareValue(String place, String type, JsonNode answer, List<String> found) {
    String plain = type.replace("|null", "");
    if (!type.equals(plain) && answer.isNull()) {
      return;
    }
    Optional<List<String>> choices = choices(plain);
    if (choices.isPresent()) {
      if (!answer.isTextual() || !choices.get().contains(answer.asText())) {
        found.add(place + " is none of " + choices.get() + ": " + answer);
      }
      return;
    }
    boolean matches =
        switch (plain) {
          case "int" -> answer.isIntegralNumber();
          case "double", "number" -> answer.isNumber();
          case "percentile" -> answer.isNumber() || answer.asText().equals("NaN");
          case "boolean" -> answer.isBoolean();
          case "string" -> answer.isTextual();
          case "any" -> true;
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
