package io.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.job.history.OperatorRecord;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorSizes;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.StateSize;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OperatorsColumnTest {

  private static OperatorRecord operator(int states) {
    return new OperatorRecord(
        new OperatorId(1, 2),
        null,
        "count",
        new OperatorSizes(
            90L * states,
            100L * states,
            0,
            0,
            IntStream.range(0, states)
                .mapToObj(state -> new StateSize("state " + state, StateKind.MAP, 80, 95))
                .toList()));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    List<OperatorRecord> operators = List.of(operator(3), operator(0));
    assertThat(OperatorsColumn.toRecords(OperatorsColumn.of(operators))).isEqualTo(operators);
  }

  @Test
  void aRowOfAnOlderVersionHasNone() {
    assertThat(OperatorsColumn.toRecords(null)).isEmpty();
  }

  @Test
  void moreStatesThanThereIsRoomFor_leaveTheSizesOfTheOperator() {
    OperatorRecord large = operator(50_000);

    String column = OperatorsColumn.of(List.of(large));

    assertThat(column).hasSizeLessThanOrEqualTo(OperatorsColumn.MOST_CHARACTERS);
    OperatorRecord read = OperatorsColumn.toRecords(column).get(0);
    assertThat(read.sizes()).isEqualTo(large.sizes().withoutStates());
    assertThat(read.sizes().otherFullBytes()).isEqualTo(5_000_000);
  }

  @Test
  void whatIsNoJsonIsRefused() {
    assertThatThrownBy(() -> OperatorsColumn.toRecords("[[")).hasMessageContaining("JSON");
  }
}
