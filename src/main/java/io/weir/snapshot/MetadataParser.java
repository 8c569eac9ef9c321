package io.weir.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what {@link MetadataWriter} writes, and refuses everything else. */
final class MetadataParser {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final RelativeLocations locations;
  private List<StateDescription> states = List.of();

  MetadataParser(RelativeLocations locations) {
    this.locations = locations;
  }

  SnapshotMetadata parse(MetadataEnvelope.Content content) throws CorruptStateException {
    try (JsonParser json = JSON.createParser(content.body())) {
      MetadataNode document =
          new MetadataNode(JSON.readValue(json, JsonNode.class), "the document");
      if (document.integer("version") != content.version()) {
        throw new CorruptStateException(
            "its first line says version "
                + content.version()
                + ", the document "
                + document.integer("version"));
      }
      return snapshot(document);
    } catch (CorruptStateException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new CorruptStateException(
          "it is not the description of a snapshot: " + e.getMessage(), e);
    }
  }

  private SnapshotMetadata snapshot(MetadataNode node) throws CorruptStateException {
    states = node.list("states", MetadataParser::state);
    List<OperatorState> operators = node.list("operators", this::operator);
    return new SnapshotMetadata(
        JobId.parse(node.text("job")),
        node.text("jobName"),
        node.longInteger("checkpointId"),
        SnapshotKind.valueOf(node.text("kind")),
        format(node, operators),
        node.longInteger("timestampMillis"),
        operators);
  }

  /** Versions before 3 do not say it. */
  private static SnapshotFormat format(MetadataNode node, List<OperatorState> operators)
      throws CorruptStateException {
    return node.has("format")
        ? SnapshotFormat.valueOf(node.text("format"))
        : SnapshotFormat.of(operators);
  }

  private static StateDescription state(MetadataNode node) throws CorruptStateException {
    Map<String, Schema> schemas = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : node.fields("schemas")) {
      schemas.put(
          field.getKey(), SchemaTree.fromTree(JSON.convertValue(field.getValue(), Object.class)));
    }
    return new StateDescription(node.text("name"), StateKind.valueOf(node.text("kind")), schemas);
  }

  private OperatorState operator(MetadataNode node) throws CorruptStateException {
    int parallelism = node.integer("parallelism");
    Set<Integer> finished = new TreeSet<>();
    for (int subtask : node.integers("finishedSubtasks")) {
      finished.add(checkedSubtask(subtask, parallelism, node));
    }
    SortedMap<Integer, SubtaskState> subtasks = new TreeMap<>();
    for (Map.Entry<Integer, SubtaskState> subtask : node.list("subtasks", this::subtask)) {
      if (subtasks.put(checkedSubtask(subtask.getKey(), parallelism, node), subtask.getValue())
          != null) {
        throw new CorruptStateException(
            node.place() + " has subtask " + subtask.getKey() + " twice");
      }
    }
    return new OperatorState(
        OperatorId.parse(node.text("id")),
        node.textOrNull("uid"),
        node.text("name"),
        parallelism,
        node.integer("maxParallelism"),
        subtasks,
        node.has("coordinator") ? handle(node.get("coordinator")) : null,
        finished);
  }

  private static int checkedSubtask(int subtask, int parallelism, MetadataNode node)
      throws CorruptStateException {
    if (subtask < 0 || subtask >= parallelism) {
      throw new CorruptStateException(
          node.place() + " has a subtask " + subtask + ", but its parallelism is " + parallelism);
    }
    return subtask;
  }

  private Map.Entry<Integer, SubtaskState> subtask(MetadataNode node) throws CorruptStateException {
    SubtaskState state =
        new SubtaskState(
            node.list("keyed", this::keyed),
            node.list("operator", this::operatorState),
            node.has("channels") ? node.list("channels", this::channelState) : List.of());
    return Map.entry(node.integer("subtask"), state);
  }

  private KeyedStateHandle keyed(MetadataNode node) throws CorruptStateException {
    int[] keyGroups = node.integers("keyGroups");
    if (keyGroups.length != 2) {
      throw new CorruptStateException(
          "keyGroups of " + node.place() + " is not the first and the last");
    }
    KeyGroupRange range = new KeyGroupRange(keyGroups[0], keyGroups[1]);
    if (node.has("files")) {
      return database(range, node);
    }
    List<StateDescription> described = new ArrayList<>();
    for (int index : node.integers("states")) {
      described.add(described(index, node));
    }
    return new CanonicalKeyedState(
        range, described, node.longs("offsets"), compression(node), handle(node.get("data")));
  }

  /** Versions before 4 know none. */
  private static Compression compression(MetadataNode node) throws CorruptStateException {
    return node.has("compression")
        ? Compression.valueOf(node.text("compression"))
        : Compression.NONE;
  }

  private DatabaseKeyedState database(KeyGroupRange range, MetadataNode node)
      throws CorruptStateException {
    SortedMap<String, StateDescription> families = new TreeMap<>();
    MetadataNode familyNodes = node.get("families");
    for (Map.Entry<String, JsonNode> family : node.fields("families")) {
      families.put(family.getKey(), described(familyNodes.integer(family.getKey()), node));
    }
    SortedMap<String, StateHandle> files = new TreeMap<>();
    MetadataNode fileNodes = node.get("files");
    for (Map.Entry<String, JsonNode> file : node.fields("files")) {
      files.put(file.getKey(), handle(fileNodes.get(file.getKey())));
    }
    return new DatabaseKeyedState(range, families, files);
  }

  private OperatorStateHandle operatorState(MetadataNode node) throws CorruptStateException {
    return new OperatorStateHandle(
        node.list("states", this::partitioned), handle(node.get("data")));
  }

  private OperatorStateHandle.Partitioned partitioned(MetadataNode node)
      throws CorruptStateException {
    return new OperatorStateHandle.Partitioned(
        described(node.integer("state"), node), node.longs("offsets"));
  }

  private ChannelStateHandle channelState(MetadataNode node) throws CorruptStateException {
    return new ChannelStateHandle(
        node.integer("parallelism"),
        node.list("segments", this::segment),
        handle(node.get("data")));
  }

  private ChannelStateHandle.Segment segment(MetadataNode node) throws CorruptStateException {
    return new ChannelStateHandle.Segment(
        node.integer("edge"),
        OperatorId.parse(node.text("producer")),
        node.integer("subtask"),
        RescaleMapping.valueOf(node.text("mapping")),
        described(node.integer("records"), node),
        node.longInteger("count"),
        node.longInteger("offset"),
        node.longInteger("length"),
        HexFormat.fromHexDigits(node.text("crc32c")));
  }

  private StateDescription described(int index, MetadataNode node) throws CorruptStateException {
    if (index < 0 || index >= states.size()) {
      throw new CorruptStateException(
          node.place() + " refers to state " + index + " of " + states.size());
    }
    return states.get(index);
  }

  private StateHandle handle(MetadataNode node) throws CorruptStateException {
    if (node.has("inline")) {
      return new StateHandle.Inline(node.bytes("inline"));
    }
    String location = locations.absolute(node.text("file"));
    long length = notNegative("length", node);
    int crc32c = HexFormat.fromHexDigits(node.text("crc32c"));
    return node.has("offset")
        ? new StateHandle.InSegment(location, notNegative("offset", node), length, crc32c)
        : new StateHandle.InFile(location, length, crc32c);
  }

  private static long notNegative(String field, MetadataNode node) throws CorruptStateException {
    long value = node.longInteger(field);
    if (value < 0) {
      throw new CorruptStateException(field + " of " + node.place() + " is negative");
    }
    return value;
  }
}
