package io.weir.api.connector.lib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NumberSequenceSourceTest {
  @Test
  void theSubtasksTogetherReadEveryNumberOnce() throws Exception {
    for (int parallelism = 1; parallelism <= 7; parallelism++) {
      for (int last = 1; last <= 20; last++) {
        List<Long> read = new ArrayList<>();
        SourceRun<Long, ?> run = SourceRun.start(new NumberSequenceSource(1, last), parallelism);
        for (int subtask = 0; subtask < parallelism; subtask++) {
          read.addAll(run.readAll(subtask));
        }
        assertThat(read)
            .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
      }
    }
  }

  @Test
  void theGreatestRangeIsSplitAndItsEndsAreRead() throws Exception {
    SourceRun<Long, ?> all =
        SourceRun.start(new NumberSequenceSource(Long.MIN_VALUE, Long.MAX_VALUE), 3);
    assertThat(all.read(0, 2)).containsExactly(Long.MIN_VALUE, Long.MIN_VALUE + 1);

    SourceRun<Long, ?> end =
        SourceRun.start(new NumberSequenceSource(Long.MAX_VALUE - 1, Long.MAX_VALUE), 1);
    assertThat(end.readAll(0)).containsExactly(Long.MAX_VALUE - 1, Long.MAX_VALUE);
  }

  @Test
  void aRestoredReaderGoesOnExactlyBehindTheSnapshot() throws Exception {
    for (int before = 0; before <= 5; before++) {
      SourceRun<Long, ?> run = SourceRun.start(new NumberSequenceSource(1, 5), 1);
      List<Long> read = new ArrayList<>(run.read(0, before));
      read.addAll(run.restored().readAll(0));

      assertThat(read).containsExactly(1L, 2L, 3L, 4L, 5L);
    }
  }

  @Test
  void aCollectionIsReadInItsOrderAndGoesOnBehindTheSnapshot() throws Exception {
    for (int before = 0; before <= 3; before++) {
      SourceRun<String, ?> run = SourceRun.start(new CollectionSource<>(List.of("a", "b", "c")), 2);
      List<String> read = new ArrayList<>(run.read(0, before));
      SourceRun<String, ?> restored = run.restored();
      read.addAll(restored.readAll(0));
      read.addAll(restored.readAll(1));

      assertThat(read).containsExactly("a", "b", "c");
    }
  }

  @Test
  void damagedAndForeignSplitsAreRefused() {
    assertThatThrownBy(
            () -> new NumberSequenceSource(1, 2).getSplitSerializer().deserialize(1, new byte[3]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
    assertThatThrownBy(
            () ->
                new CollectionSource<>(List.of())
                    .getEnumeratorCheckpointSerializer()
                    .deserialize(2, new byte[8]))
        .hasMessageContaining("version 2");
  }

  @Test
  void aRangeThatEndsBeforeItBeginsIsRefused() {
    assertThatThrownBy(() -> new NumberSequenceSource(2, 1)).hasMessageContaining("from 2 to 1");
  }
}
