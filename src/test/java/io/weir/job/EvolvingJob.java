package io.weir.job;

import io.weir.api.StreamJob;
import io.weir.api.connector.lib.NumberSequenceSource;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.CheckpointedFunction;
import io.weir.api.functions.FunctionInitializationContext;
import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.functions.RuntimeContext;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;
import io.weir.api.types.Tuple2;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A job in versions that keep their state under one name, in different ways. */
final class EvolvingJob implements StreamJob {
  private static final long NUMBERS = 40_000;

  /** So many pass the closed gate. */
  private static final long OPEN_NUMBERS = 100;

  /** What is kept, and how. */
  enum Kept {
    NOTHING,
    INT,
    LONG,
    TEXT,
    LIST,
    MAP,
    PAIR,
    WIDER_PAIR,
    OPERATOR_LIST,
    OPERATOR_UNION,
    OPERATOR_TEXTS
  }

  /** Holds numbers up while it is closed, and notes what is done. */
  static final class Gate {
    private static volatile Gate current = new Gate();

    private final Set<String> stored = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger everOpened = new AtomicInteger();
    private volatile boolean closed;

    static Gate fresh() {
      current = new Gate();
      return current;
    }

    void close() {
      closed = true;
    }

    void open() {
      closed = false;
    }

    boolean hasStored(String job) {
      return stored.contains(job);
    }

    /** How many functions are open. */
    int opened() {
      return open.get();
    }

    int everOpened() {
      return everOpened.get();
    }

    private static Long pass(Long number) {
      if (current.closed && number > OPEN_NUMBERS) {
        // slow rather than blocked: a barrier must always come through
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      return number;
    }
  }

  private final String name;
  private Kept kept = Kept.LONG;
  private int parallelism = 2;
  private int maxParallelism = 128;
  private String uid = "keep";
  private boolean textKeys;
  private boolean failsToOpen;

  EvolvingJob(String name) {
    this.name = name;
  }

  EvolvingJob keeping(Kept what) {
    kept = what;
    return this;
  }

  EvolvingJob withParallelism(int subtasks, int maxSubtasks) {
    parallelism = subtasks;
    maxParallelism = maxSubtasks;
    return this;
  }

  EvolvingJob withUid(String newUid) {
    uid = newUid;
    return this;
  }

  EvolvingJob withTextKeys() {
    textKeys = true;
    return this;
  }

  EvolvingJob failingToOpen() {
    failsToOpen = true;
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void define(StreamExecutionEnvironment env) {
    env.setParallelism(parallelism);
    env.setMaxParallelism(maxParallelism);
    env.enableCheckpointing(TimeUnit.HOURS.toMillis(1));
    env.configure(Configuration.fromMap(Map.of("restart-strategy.type", "none")));
    var numbers =
        env.fromSource(
                new NumberSequenceSource(1, NUMBERS),
                WatermarkStrategy.noWatermarks(),
                "numbers",
                Types.LONG)
            .uid("numbers")
            .map(Gate::pass)
            .returns(Types.LONG);
    var keys =
        textKeys
            ? numbers.keyBy(number -> "k" + number % 7, Types.STRING).process(keep(Types.STRING))
            : numbers.keyBy(number -> number % 7, Types.LONG).process(keep(Types.LONG));
    keys.returns(Types.LONG).uid(uid).name("keep");
  }

  @SuppressWarnings("UnusedVariable") // says which type of key is meant
  private <K> Keep<K> keep(TypeInformation<K> keyType) {
    return new Keep<>(name, kept, failsToOpen);
  }

  private static final class Keep<K> extends KeyedProcessFunction<K, Long, Long>
      implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private final String job;
    private final Kept kept;
    private final boolean failsToOpen;
    private transient Writer writer;

    /** Writes a number in the way that was chosen. */
    private interface Writer {
      void write(long number) throws Exception;
    }

    Keep(String job, Kept kept, boolean failsToOpen) {
      this.job = job;
      this.kept = kept;
      this.failsToOpen = failsToOpen;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      var operator = context.getOperatorStateStore();
      if (kept == Kept.OPERATOR_LIST || kept == Kept.OPERATOR_UNION) {
        ListStateDescriptor<Long> descriptor = new ListStateDescriptor<>("all", Types.LONG);
        ListState<Long> all =
            kept == Kept.OPERATOR_LIST
                ? operator.getListState(descriptor)
                : operator.getUnionListState(descriptor);
        writer = all::add;
      } else if (kept == Kept.OPERATOR_TEXTS) {
        ListState<String> all =
            operator.getListState(new ListStateDescriptor<>("all", Types.STRING));
        writer = number -> all.add("n" + number);
      }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {}

    @Override
    public void open(OpenContext context) throws Exception {
      Gate.current.open.incrementAndGet();
      Gate.current.everOpened.incrementAndGet();
      if (failsToOpen) {
        throw new IllegalStateException("the function cannot be opened");
      }
      if (writer == null) {
        writer = writer(getRuntimeContext());
      }
    }

    private Writer writer(RuntimeContext context) {
      return switch (kept) {
        case INT -> {
          ValueState<Integer> state =
              context.getState(new ValueStateDescriptor<>("kept", Types.INT));
          yield number -> state.update((int) number);
        }
        case LONG -> {
          ValueState<Long> state = context.getState(new ValueStateDescriptor<>("kept", Types.LONG));
          yield state::update;
        }
        case TEXT -> {
          ValueState<String> state =
              context.getState(new ValueStateDescriptor<>("kept", Types.STRING));
          yield number -> state.update("n" + number);
        }
        case LIST -> {
          ListState<Integer> state =
              context.getListState(new ListStateDescriptor<>("kept", Types.INT));
          yield number -> state.add((int) number);
        }
        case MAP -> {
          MapState<Long, String> state =
              context.getMapState(new MapStateDescriptor<>("kept", Types.LONG, Types.STRING));
          yield number -> state.put(number, "n");
        }
        case PAIR -> {
          ValueState<Tuple2<Integer, String>> state =
              context.getState(
                  new ValueStateDescriptor<>("kept", Types.TUPLE(Types.INT, Types.STRING)));
          yield number -> state.update(Tuple2.of((int) number, "n"));
        }
        case WIDER_PAIR -> {
          ValueState<Tuple2<Long, String>> state =
              context.getState(
                  new ValueStateDescriptor<>("kept", Types.TUPLE(Types.LONG, Types.STRING)));
          yield number -> state.update(Tuple2.of(number, "n"));
        }
        default -> number -> {};
      };
    }

    @Override
    public void processElement(Long number, Context context, Collector<Long> out) throws Exception {
      writer.write(number);
      Gate.current.stored.add(job);
    }

    @Override
    public void close() {
      Gate.current.open.decrementAndGet();
    }
  }
}
