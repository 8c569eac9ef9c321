package io.weir.api.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutputTagTest {
  private static final OutputTag<List<String>> LATE = new OutputTag<>("late") {};

  @Test
  void anAnonymousTagKeepsItsType() {
    assertThat(LATE.getTypeInfo()).isEqualTo(Types.LIST(Types.STRING));
    assertThat(LATE.getId()).isEqualTo("late");
  }

  @Test
  void tagsOfOneIdAreEqual() {
    OutputTag<Long> sameId = new OutputTag<>("late", Types.LONG);

    assertThat(sameId).isEqualTo(LATE).hasSameHashCodeAs(LATE);
    assertThat(new OutputTag<>("early", Types.LONG)).isNotEqualTo(sameId);
  }

  @Test
  void whenTheTypeIsErased_thenTheTagIsRefused() {
    assertThatThrownBy(() -> new OutputTag<String>("late"))
        .isInstanceOf(InvalidTypesException.class)
        .hasMessageContaining("anonymous subclass");
  }

  @Test
  void whenTheIdIsEmpty_thenTheTagIsRefused() {
    assertThatThrownBy(() -> new OutputTag<>("", Types.LONG))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
