package io.weir.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlinkKeyGroupsTest {
  @Test
  void keysGoToTheKeyGroupsAndSubtasksThatFlinkGivesThem() throws Exception {
    List<String[]> lines = Recording.read("key-groups.csv", ',');
    assertThat(lines).hasSizeGreaterThan(200);
    for (String[] line : lines.subList(1, lines.size())) {
      int maxParallelism = Integer.parseInt(line[2]);
      int parallelism = Integer.parseInt(line[3]);
      int subtask = Integer.parseInt(line[5]);

      int keyGroup = KeyGroups.keyGroupOf(key(line[0], line[1]), maxParallelism);

      assertThat(keyGroup).as(String.join(",", line)).isEqualTo(Integer.parseInt(line[4]));
      assertThat(KeyGroups.subtaskOf(keyGroup, maxParallelism, parallelism)).isEqualTo(subtask);
      assertThat(KeyGroups.rangeOf(subtask, maxParallelism, parallelism))
          .isEqualTo(new KeyGroupRange(Integer.parseInt(line[6]), Integer.parseInt(line[7])));
    }
  }

  private static Object key(String type, String text) {
    return switch (type) {
      case "String" -> text;
      case "Integer" -> Integer.valueOf(text);
      case "Long" -> Long.valueOf(text);
      default -> throw new IllegalArgumentException(type);
    };
  }

  @Test
  void theDefaultMaxParallelismIsThatOfFlink() throws Exception {
    List<String[]> lines = Recording.read("default-max-parallelism.csv", ',');
    assertThat(lines).hasSizeGreaterThan(200);
    for (String[] line : lines.subList(1, lines.size())) {
      assertThat(KeyGroups.defaultMaxParallelism(Integer.parseInt(line[0])))
          .as("parallelism " + line[0])
          .isEqualTo(Integer.parseInt(line[1]));
    }
  }
}
