package io.weir.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SplitAssignmentsTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  private final SplitAssignments<String> assignments = new SplitAssignments<>();

  @Test
  void withoutACheckpointAReaderGivesBackAllThatItGot() {
    assignments.assigned(0, List.of("a"));
    assignments.snapshot(1);
    assignments.assigned(0, List.of("b", "c"));
    assignments.assigned(1, List.of("d"));

    assertThat(assignments.takeBack(0, NONE)).containsExactly("a", "b", "c");
    assertThat(assignments.takeBack(1, NONE)).containsExactly("d");
  }

  @Test
  void whatACheckpointKnowsOfIsNotGivenBack() {
    assignments.assigned(0, List.of("a"));
    assignments.snapshot(1);
    assignments.assigned(0, List.of("b"));
    assignments.completed(1);
    assignments.assigned(0, List.of("c"));

    assertThat(assignments.takeBack(0, OptionalLong.of(1))).containsExactly("b", "c");
  }

  @Test
  void aCheckpointThatCameToNothingKeepsNothingBack() {
    assignments.snapshot(1);
    assignments.completed(1);
    assignments.assigned(0, List.of("a"));
    assignments.snapshot(2);
    assignments.assigned(0, List.of("b"));
    assignments.snapshot(3);

    assertThat(assignments.takeBack(0, OptionalLong.of(1))).containsExactly("a", "b");
  }

  @Test
  void whatWasGivenBackIsGivenBackOnce() {
    assignments.assigned(0, List.of("a"));

    assertThat(assignments.takeBack(0, NONE)).containsExactly("a");
    assertThat(assignments.takeBack(0, NONE)).isEmpty();
  }
}
