package io.weir.bench;

import io.weir.api.functions.FlatMapFunction;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import peers.Gen;
import peers.KeyedProbe;
import peers.PojoOps;
import peers.Spec;
import peers.Types.Agg;
import peers.Types.Event;
import peers.Types.KC;
import peers.Types.KP;
import peers.Types.KT;
import peers.ValueOps;

/** The keyed operators of the workloads. */
final class Functions {
  private Functions() {}

  private static final ValueStateDescriptor<Long> COUNT =
      new ValueStateDescriptor<>("count", Types.LONG);

  /** COUNT: how often each key has come. */
  static final class Count extends KeyedProcessFunction<Long, Long, KC> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Long> state;
    private transient KC result;

    @Override
    public void open(OpenContext context) {
      state = getRuntimeContext().getState(COUNT);
      result = new KC();
    }

    @Override
    public void processElement(Long key, Context context, Collector<KC> out) throws Exception {
      Long before = state.value();
      long count = before == null ? 1 : before + 1;
      state.update(count);
      out.collect(result.set(key, count, 0));
    }
  }

  /** VALUE: reads, changes and writes back a byte array of each key. */
  static final class Value extends KeyedProcessFunction<Long, KT, KC> {
    private static final long serialVersionUID = 1L;
    private final Spec spec;
    private transient ValueState<byte[]> state;
    private transient KC result;
    private transient KeyedProbe probe;
    private transient boolean probing;

    Value(Spec spec) {
      this.spec = spec;
    }

    @Override
    public void open(OpenContext context) {
      state =
          getRuntimeContext()
              .getState(new ValueStateDescriptor<>("value", Types.PRIMITIVE_ARRAY(Types.BYTE)));
      result = new KC();
      probe = new KeyedProbe(spec, getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
      probing = probe.active;
    }

    @Override
    public void processElement(KT record, Context context, Collector<KC> out) throws Exception {
      if (probing && probe.onRecord()) {
        throw new InjectedFailure();
      }
      byte[] value = state.value();
      if (value == null) {
        value = ValueOps.create(record.key, spec.valueBytes);
      }
      long count = ValueOps.touch(value, record.ts);
      state.update(value);
      out.collect(result.set(record.key, count, record.ts));
    }
  }

  /** The failure that W5 plans. */
  static final class InjectedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InjectedFailure() {
      super("injected", null, false, false);
    }
  }

  /** SLOW: counts, and passes the payload on. */
  static final class SlowCount extends KeyedProcessFunction<Long, KP, KP> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Long> state;

    @Override
    public void open(OpenContext context) {
      state = getRuntimeContext().getState(COUNT);
    }

    @Override
    public void processElement(KP record, Context context, Collector<KP> out) throws Exception {
      Long before = state.value();
      long count = before == null ? 1 : before + 1;
      state.update(count);
      out.collect(new KP(record.key, count, record.payload));
    }
  }

  /** WORDS: splits lines at blanks. */
  static final class Split implements FlatMapFunction<String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(String line, Collector<String> out) {
      int from = 0;
      for (int blank = line.indexOf(' '); blank >= 0; blank = line.indexOf(' ', from)) {
        out.collect(line.substring(from, blank));
        from = blank + 1;
      }
      out.collect(line.substring(from));
    }
  }

  /** WORDS: how often each word has come. */
  static final class WordCount extends KeyedProcessFunction<String, String, KC> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Long> state;
    private transient KC result;

    @Override
    public void open(OpenContext context) {
      state = getRuntimeContext().getState(COUNT);
      result = new KC();
    }

    @Override
    public void processElement(String word, Context context, Collector<KC> out) throws Exception {
      Long before = state.value();
      long count = before == null ? 1 : before + 1;
      state.update(count);
      out.collect(result.set(Gen.wordHash(word), count, 0));
    }
  }

  private static ValueStateDescriptor<Agg> aggregate() {
    return new ValueStateDescriptor<>("agg", TypeInformation.of(Agg.class));
  }

  /** POJO: running sum per user. */
  static final class PerUser extends KeyedProcessFunction<Integer, Event, Event> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Agg> state;

    @Override
    public void open(OpenContext context) {
      state = getRuntimeContext().getState(aggregate());
    }

    @Override
    public void processElement(Event event, Context context, Collector<Event> out)
        throws Exception {
      Agg sums = state.value();
      if (sums == null) {
        sums = new Agg();
      }
      PojoOps.stageA(sums, event);
      state.update(sums);
      out.collect(event);
    }
  }

  /** POJO: running sum per item. */
  static final class PerItem extends KeyedProcessFunction<Integer, Event, KC> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Agg> state;
    private transient KC result;

    @Override
    public void open(OpenContext context) {
      state = getRuntimeContext().getState(aggregate());
      result = new KC();
    }

    @Override
    public void processElement(Event event, Context context, Collector<KC> out) throws Exception {
      Agg sums = state.value();
      if (sums == null) {
        sums = new Agg();
      }
      PojoOps.stageB(sums, event, result);
      state.update(sums);
      out.collect(result);
    }
  }
}
