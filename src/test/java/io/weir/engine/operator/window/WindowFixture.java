package io.weir.engine.operator.window;

import io.weir.api.functions.KeySelector;
import io.weir.api.functions.windowing.ProcessWindowFunction;
import io.weir.api.types.Collector;
import io.weir.api.types.OutputTag;
import io.weir.api.types.Types;
import io.weir.api.windowing.assigners.WindowAssigner;
import io.weir.api.windowing.evictors.Evictor;
import io.weir.api.windowing.triggers.Trigger;
import io.weir.api.windowing.windows.TimeWindow;
import io.weir.api.windowing.windows.Window;
import io.weir.engine.operator.StreamOperator;
import io.weir.testkit.OperatorHarness;
import java.util.ArrayList;
import java.util.List;

/**
 * Window operators over strings, keyed by their first letter. Results read {@code
 * key[start,end)=records}, for example {@code a[0,10)=a1,a2}.
 */
final class WindowFixture<W extends Window> {
  static final KeySelector<String, String> FIRST_LETTER = value -> value.substring(0, 1);
  static final OutputTag<String> LATE = new OutputTag<>("late", Types.STRING);

  private final WindowAssigner<Object, W> assigner;
  private Trigger<? super String, ? super W> trigger;
  private Evictor<String, W> evictor;
  private long latenessMillis;
  private OutputTag<String> lateTag;

  private WindowFixture(WindowAssigner<Object, W> assigner) {
    this.assigner = assigner;
    this.trigger = assigner.getDefaultTrigger();
  }

  static <W extends Window> WindowFixture<W> windows(WindowAssigner<Object, W> assigner) {
    return new WindowFixture<>(assigner);
  }

  WindowFixture<W> trigger(Trigger<? super String, ? super W> newTrigger) {
    trigger = newTrigger;
    return this;
  }

  @SuppressWarnings("unchecked")
  WindowFixture<W> evictor(Evictor<? super String, ? super W> newEvictor) {
    evictor = (Evictor<String, W>) newEvictor;
    return this;
  }

  WindowFixture<W> lateness(long millis) {
    latenessMillis = millis;
    return this;
  }

  WindowFixture<W> lateData() {
    lateTag = LATE;
    return this;
  }

  <V, O> StreamOperator operator(
      ContentsFactory<String, V, W> contents, WindowResults<String, V, O, W> results) {
    return new WindowOperator<>(
        new WindowPolicy<>(assigner, trigger, latenessMillis, lateTag),
        contents,
        results,
        FIRST_LETTER);
  }

  /** Keeps all records of a window and prints them. */
  StreamOperator collecting() {
    return operator(
        evictor == null
            ? ContentsFactory.collecting(Types.STRING)
            : ContentsFactory.evictingCollecting(evictor, Types.STRING),
        new ProcessedResults<>(new Printing<>()));
  }

  /** Joins the records of a window as they come and prints the result. */
  StreamOperator reducing() {
    return operator(
        evictor == null
            ? ContentsFactory.reducing((a, b) -> a + "+" + b, Types.STRING)
            : ContentsFactory.evictingReducing(evictor, (a, b) -> a + "+" + b, Types.STRING),
        new ProcessedResults<>(new Printing<>()));
  }

  OperatorHarness open() throws Exception {
    return OperatorHarness.of(collecting()).open();
  }

  static String show(Window window) {
    return window instanceof TimeWindow time
        ? "[" + time.getStart() + "," + time.getEnd() + ")"
        : "[all)";
  }

  static final class Printing<W extends Window>
      extends ProcessWindowFunction<String, String, String, W> {
    private static final long serialVersionUID = 1L;

    @Override
    public void process(
        String key, Context context, Iterable<String> elements, Collector<String> out) {
      List<String> values = new ArrayList<>();
      elements.forEach(values::add);
      out.collect(key + show(context.window()) + "=" + String.join(",", values));
    }
  }
}
