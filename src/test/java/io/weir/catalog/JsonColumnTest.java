package io.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.job.history.SubtaskRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonColumnTest {
  @Test
  void subtasksComeBackAsTheyWere() {
    List<SubtaskRecord> subtasks =
        List.of(new SubtaskRecord(0, 1, 2, 3, 4, 5, 6, 70, 8, 9, true), SubtaskRecord.pending(1));

    assertThat(JsonColumn.toSubtasks(JsonColumn.ofSubtasks(subtasks))).isEqualTo(subtasks);
  }

  @Test
  void whatAnOlderVersionHasWrittenIsRead() {
    assertThat(JsonColumn.toSubtasks("[[0,1,2,3,4,5,6,8,9,1]]"))
        .as("all that was written was taken for all that there was")
        .containsExactly(new SubtaskRecord(0, 1, 2, 3, 4, 5, 6, 6, 8, 9, true));
  }

  @Test
  void whatIsTooShortIsRefused() {
    assertThatThrownBy(() -> JsonColumn.toSubtasks("[[0,1,2]]"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[[0,1,2]]");
  }
}
