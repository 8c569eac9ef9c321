package io.weir.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes metadata as JSON. Descriptions of states stand once, in a table at the end of the
 * document's head; handles refer to them by index.
 */
final class MetadataWriter {
  private static final JsonMapper JSON = new JsonMapper();

  private final RelativeLocations locations;
  private final Map<StateDescription, Integer> states = new LinkedHashMap<>();

  MetadataWriter(RelativeLocations locations) {
    this.locations = locations;
  }

  void write(SnapshotMetadata metadata, OutputStream out) throws IOException {
    collectStates(metadata);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("version", MetadataCodec.VERSION);
      json.writeStringField("job", metadata.job().toString());
      json.writeStringField("jobName", metadata.jobName());
      json.writeNumberField("checkpointId", metadata.checkpointId());
      json.writeStringField("kind", metadata.kind().name());
      json.writeStringField("format", metadata.format().name());
      json.writeNumberField("timestampMillis", metadata.timestampMillis());
      json.writeArrayFieldStart("states");
      for (StateDescription state : states.keySet()) {
        writeState(state, json);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("operators");
      for (OperatorState operator : metadata.operators()) {
        writeOperator(operator, json);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private void collectStates(SnapshotMetadata metadata) {
    for (OperatorState operator : metadata.operators()) {
      for (SubtaskState subtask : operator.subtasks().values()) {
        subtask.keyed().forEach(handle -> handle.states().forEach(this::collect));
        subtask
            .operator()
            .forEach(handle -> handle.states().forEach(part -> collect(part.state())));
        subtask
            .channels()
            .forEach(handle -> handle.segments().forEach(part -> collect(part.records())));
      }
    }
  }

  private void collect(StateDescription state) {
    states.putIfAbsent(state, states.size());
  }

  private static void writeState(StateDescription state, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", state.name());
    json.writeStringField("kind", state.kind().name());
    json.writeObjectFieldStart("schemas");
    for (Map.Entry<String, Schema> schema : new TreeMap<>(state.schemas()).entrySet()) {
      json.writeObjectField(schema.getKey(), SchemaTree.toTree(schema.getValue()));
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void writeOperator(OperatorState operator, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", operator.id().toString());
    json.writeStringField("uid", operator.uid());
    json.writeStringField("name", operator.name());
    json.writeNumberField("parallelism", operator.parallelism());
    json.writeNumberField("maxParallelism", operator.maxParallelism());
    writeInts("finishedSubtasks", new TreeSet<>(operator.finishedSubtasks()), json);
    if (operator.coordinator() != null) {
      json.writeFieldName("coordinator");
      writeHandle(operator.coordinator(), json);
    }
    json.writeArrayFieldStart("subtasks");
    for (Map.Entry<Integer, SubtaskState> subtask : operator.subtasks().entrySet()) {
      writeSubtask(subtask.getKey(), subtask.getValue(), json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeSubtask(int index, SubtaskState subtask, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("subtask", index);
    json.writeArrayFieldStart("keyed");
    for (KeyedStateHandle handle : subtask.keyed()) {
      writeKeyed(handle, json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("operator");
    for (OperatorStateHandle handle : subtask.operator()) {
      writeOperatorState(handle, json);
    }
    json.writeEndArray();
    if (!subtask.channels().isEmpty()) {
      json.writeArrayFieldStart("channels");
      for (ChannelStateHandle handle : subtask.channels()) {
        writeChannelState(handle, json);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void writeKeyed(KeyedStateHandle handle, JsonGenerator json) throws IOException {
    json.writeStartObject();
    writeInts("keyGroups", List.of(handle.range().start(), handle.range().end()), json);
    if (handle instanceof CanonicalKeyedState canonical) {
      writeInts("states", canonical.states().stream().map(states::get).toList(), json);
      json.writeFieldName("offsets");
      json.writeArray(canonical.offsets(), 0, canonical.offsets().length);
      json.writeStringField("compression", canonical.compression().name());
      json.writeFieldName("data");
      writeHandle(canonical.data(), json);
    } else {
      DatabaseKeyedState database = (DatabaseKeyedState) handle;
      json.writeObjectFieldStart("families");
      for (Map.Entry<String, StateDescription> family : database.families().entrySet()) {
        json.writeNumberField(family.getKey(), states.get(family.getValue()));
      }
      json.writeEndObject();
      json.writeObjectFieldStart("files");
      for (Map.Entry<String, StateHandle> file : database.files().entrySet()) {
        json.writeFieldName(file.getKey());
        writeHandle(file.getValue(), json);
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void writeOperatorState(OperatorStateHandle handle, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("states");
    for (OperatorStateHandle.Partitioned part : handle.states()) {
      json.writeStartObject();
      json.writeNumberField("state", states.get(part.state()));
      json.writeFieldName("offsets");
      json.writeArray(part.offsets(), 0, part.offsets().length);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeFieldName("data");
    writeHandle(handle.data(), json);
    json.writeEndObject();
  }

  private void writeChannelState(ChannelStateHandle handle, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("parallelism", handle.parallelism());
    json.writeArrayFieldStart("segments");
    for (ChannelStateHandle.Segment segment : handle.segments()) {
      json.writeStartObject();
      json.writeNumberField("edge", segment.edge());
      json.writeStringField("producer", segment.producer().toString());
      json.writeNumberField("subtask", segment.subtask());
      json.writeStringField("mapping", segment.mapping().name());
      json.writeNumberField("records", states.get(segment.records()));
      json.writeNumberField("count", segment.count());
      json.writeNumberField("offset", segment.offset());
      json.writeNumberField("length", segment.length());
      json.writeStringField("crc32c", HexFormat.of().toHexDigits(segment.crc32c()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeFieldName("data");
    writeHandle(handle.data(), json);
    json.writeEndObject();
  }

  private void writeHandle(StateHandle handle, JsonGenerator json) throws IOException {
    json.writeStartObject();
    if (handle instanceof StateHandle.Inline inline) {
      json.writeBinaryField("inline", inline.bytes());
    } else {
      StateHandle.Stored stored = (StateHandle.Stored) handle;
      json.writeStringField("file", locations.relative(stored.location()));
      if (stored instanceof StateHandle.InSegment) {
        json.writeNumberField("offset", stored.offset());
      }
      json.writeNumberField("length", stored.length());
      json.writeStringField("crc32c", HexFormat.of().toHexDigits(stored.crc32c()));
    }
    json.writeEndObject();
  }

  private static void writeInts(String field, Collection<Integer> values, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (int value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }
}
