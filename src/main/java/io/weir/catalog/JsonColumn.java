package io.weir.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.job.history.SubtaskRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Text columns that hold JSON: small things that are always read and written as a whole. */
final class JsonColumn {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

  /** Figures of a subtask that every version has written; a newer one may add some at the end. */
  private static final int FIRST_FIGURES = 10;

  private JsonColumn() {}

  static String ofStrings(Map<String, String> values) {
    return write(values);
  }

  static Map<String, String> toStrings(String json) {
    try {
      return JSON.readValue(json, STRINGS);
    } catch (JsonProcessingException e) {
      throw unreadable(json, e);
    }
  }

  /** Arrays of numbers: a tenth of the size that objects with names would have. */
  static String ofSubtasks(List<SubtaskRecord> subtasks) {
    return write(subtasks.stream().map(JsonColumn::figures).toList());
  }

  static List<SubtaskRecord> toSubtasks(String json) {
    try {
      List<SubtaskRecord> subtasks = new ArrayList<>();
      for (long[] figures : JSON.readValue(json, long[][].class)) {
        subtasks.add(subtask(figures, json));
      }
      return subtasks;
    } catch (JsonProcessingException e) {
      throw unreadable(json, e);
    }
  }

  private static long[] figures(SubtaskRecord subtask) {
    return new long[] {
      subtask.subtask(),
      subtask.ackMillis(),
      subtask.startDelayMillis(),
      subtask.alignmentMillis(),
      subtask.syncMillis(),
      subtask.asyncMillis(),
      subtask.stateBytes(),
      subtask.processedBytes(),
      subtask.persistedBytes(),
      subtask.isUnaligned() ? 1 : 0,
      subtask.fullBytes()
    };
  }

  private static SubtaskRecord subtask(long[] figures, String json) {
    if (figures.length < FIRST_FIGURES) {
      throw unreadable(json, null);
    }
    return new SubtaskRecord(
        (int) figures[0],
        figures[1],
        figures[2],
        figures[3],
        figures[4],
        figures[5],
        figures[6],
        figures.length > FIRST_FIGURES ? figures[FIRST_FIGURES] : figures[6],
        figures[7],
        figures[8],
        figures[9] == 1);
  }

  static JsonNode readTree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw unreadable(json, e);
    }
  }

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON cannot be written: " + e.getMessage(), e);
    }
  }

  private static IllegalStateException unreadable(String json, Exception cause) {
    String begin = ColumnText.fit(json, ColumnText.REASON);
    return new IllegalStateException(
        "a column of the catalog holds no valid JSON: " + begin, cause);
  }
}
