package io.weir.sim;

import io.weir.api.functions.FunctionInitializationContext;
import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.OpenContext;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReducingState;
import io.weir.api.state.ReducingStateDescriptor;
import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.state.ValueStateDescriptor;
import io.weir.api.types.Collector;

/** Emits what it sees in a state that expires, and when, by the {@link Sighting}s' rules. */
final class Marked extends KeyedProcessFunction<Integer, Event, Event> implements FaultPoints {
  private static final long serialVersionUID = 1L;
  private final int stage;
  private final Expiry expiry;
  private long snapshotMillis;
  private transient ValueState<Long> count;
  private transient Marks marks;

  /** The state, whatever its kind. */
  private interface Marks {
    State state();

    long seen() throws Exception;

    void add(int slot, long mark) throws Exception;
  }

  Marked(int stage, Expiry expiry) {
    this.stage = stage;
    this.expiry = expiry;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    FaultPoints.super.initializeState(context);
    snapshotMillis =
        context.isRestored()
            ? World.here()
                .cuts()
                .snapshotMillis(context.getRestoredCheckpointId().getAsLong(), stage)
            : 0;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    FaultPoints.super.snapshotState(context);
    World.here().cuts().noteSnapshot(context.getCheckpointId(), stage, World.here().nowMillis());
  }

  @Override
  public void open(OpenContext context) {
    count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
    marks =
        switch (expiry.kind()) {
          case VALUE -> new InValue(state(new ValueStateDescriptor<>("marks", Long.class)));
          case REDUCING ->
              new InReducing(
                  state(new ReducingStateDescriptor<>("marks", (a, b) -> a | b, Long.class)));
          case LIST -> new InList(state(new ListStateDescriptor<>("marks", Long.class)));
          case MAP -> {
            MapState<Integer, Long> map =
                state(new MapStateDescriptor<>("marks", Integer.class, Long.class));
            yield new InMap(map, expiry.showsExpired());
          }
        };
  }

  @SuppressWarnings("unchecked") // a descriptor's state is of this type
  private <S extends State> S state(StateDescriptor<S, ?> descriptor) {
    descriptor.enableTimeToLive(expiry.config());
    if (descriptor instanceof ValueStateDescriptor<?> value) {
      return (S) getRuntimeContext().getState(value);
    }
    if (descriptor instanceof ReducingStateDescriptor<?> reducing) {
      return (S) getRuntimeContext().getReducingState(reducing);
    }
    if (descriptor instanceof ListStateDescriptor<?> list) {
      return (S) getRuntimeContext().getListState(list);
    }
    return (S) getRuntimeContext().getMapState((MapStateDescriptor<?, ?>) descriptor);
  }

  @Override
  public void processElement(Event event, Context ctx, Collector<Event> out) throws Exception {
    processing();
    Long before = count.value();
    long number = before == null ? 1 : before + 1;
    count.update(number);
    if (Sighting.clears(number)) {
      marks.state().clear();
    }
    long seen = Sighting.reads(expiry, event.key(), number) ? marks.seen() : Sighting.UNSEEN;
    if (Sighting.marks(event.key(), number)) {
      marks.add(expiry.slot(number), Sighting.mark(number));
    }
    out.collect(
        new Sighting(
                event.key(),
                ctx.timerService().currentProcessingTime(),
                number,
                seen,
                snapshotMillis)
            .toEvent());
  }

  private static long orNone(Long marks) {
    return marks == null ? 0 : marks;
  }

  private record InValue(ValueState<Long> state) implements Marks {
    @Override
    public long seen() throws Exception {
      return orNone(state.value());
    }

    @Override
    public void add(int slot, long mark) throws Exception {
      state.update(mark);
    }
  }

  private record InReducing(ReducingState<Long> state) implements Marks {
    @Override
    public long seen() throws Exception {
      return orNone(state.get());
    }

    @Override
    public void add(int slot, long mark) throws Exception {
      state.add(mark);
    }
  }

  private record InList(ListState<Long> state) implements Marks {
    @Override
    public long seen() throws Exception {
      long seen = 0;
      for (long mark : state.get()) {
        seen |= mark;
      }
      return seen;
    }

    @Override
    public void add(int slot, long mark) throws Exception {
      state.add(mark);
    }
  }

  /** An expired entry is removed if it is read by its key, but not if it is gone past. */
  private record InMap(MapState<Integer, Long> state, boolean byKey) implements Marks {
    @Override
    public long seen() throws Exception {
      long seen = 0;
      if (byKey) {
        for (int slot = 0; slot < Expiry.SLOTS; slot++) {
          seen |= orNone(state.get(slot));
        }
      } else {
        for (long mark : state.values()) {
          seen |= mark;
        }
      }
      return seen;
    }

    @Override
    public void add(int slot, long mark) throws Exception {
      state.put(slot, mark);
    }
  }
}
