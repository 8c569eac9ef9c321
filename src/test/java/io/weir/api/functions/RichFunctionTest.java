package io.weir.api.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.types.Collector;
import io.weir.api.types.OutputTag;
import io.weir.config.Configuration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RichFunctionTest {
  private static class Upper extends RichMapFunction<String, String> {
    String openedBy = "nobody";

    @Override
    public String map(String value) {
      return value;
    }
  }

  private static final OpenContext OPEN_CONTEXT = new OpenContext() {};

  @Test
  void aFunctionOpensInEitherForm() throws Exception {
    Upper newForm =
        new Upper() {
          @Override
          public void open(OpenContext openContext) throws Exception {
            super.open(openContext);
            openedBy = "context";
          }
        };
    Upper oldForm =
        new Upper() {
          @Override
          public void open(Configuration parameters) throws Exception {
            super.open(parameters);
            openedBy = "configuration";
          }
        };

    newForm.open(OPEN_CONTEXT);
    oldForm.open(OPEN_CONTEXT);

    assertThat(newForm.openedBy).isEqualTo("context");
    assertThat(oldForm.openedBy).isEqualTo("configuration");
  }

  @Test
  void whenTheContextIsUsedTooEarly_thenTheMessageSaysWhereToUseIt() {
    assertThatThrownBy(() -> new Upper().getRuntimeContext())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("open()");
  }

  private static class Doubling extends ProcessFunction<Long, Long> {
    @Override
    public void processElement(Long value, Context ctx, Collector<Long> out) {
      out.collect(value * 2 + ctx.timestamp());
    }
  }

  /** As an engine has to: the context is an inner class of a function that somebody else wrote. */
  private static final class FixedTime extends ProcessFunction<Long, Long>.Context {
    FixedTime(ProcessFunction<Long, Long> function) {
      function.super();
    }

    @Override
    public Long timestamp() {
      return 1L;
    }

    @Override
    public TimerService timerService() {
      throw new UnsupportedOperationException();
    }

    @Override
    public <X> void output(OutputTag<X> outputTag, X value) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void aContextIsMadeOutsideOfItsFunction() throws Exception {
    Doubling function = new Doubling();
    List<Long> collected = new ArrayList<>();

    function.processElement(
        20L,
        new FixedTime(function),
        new Collector<>() {
          @Override
          public void collect(Long record) {
            collected.add(record);
          }

          @Override
          public void close() {}
        });

    assertThat(collected).containsExactly(41L);
  }
}
