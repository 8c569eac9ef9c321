package io.weir.sim;

import io.weir.api.functions.FilterFunction;
import io.weir.api.functions.FlatMapFunction;
import io.weir.api.functions.FunctionInitializationContext;
import io.weir.api.functions.FunctionSnapshotContext;
import io.weir.api.functions.MapFunction;
import io.weir.api.functions.RichMapFunction;
import io.weir.api.functions.co.CoMapFunction;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.types.Collector;

/**
 * The functions of generated jobs. Their results, as a multiset, do not depend on the order in
 * which records of several channels meet.
 */
final class Functions {
  static final MapStateDescriptor<Long, Long> RULES =
      new MapStateDescriptor<>("rules", Long.class, Long.class);

  private Functions() {}

  static final class Mapped implements MapFunction<Event, Event>, FaultPoints {
    private static final long serialVersionUID = 1L;

    static Event of(Event event) {
      return new Event(event.key(), event.time(), event.value() * 3 + 1);
    }

    @Override
    public Event map(Event event) {
      processing();
      return of(event);
    }
  }

  static final class Filtered implements FilterFunction<Event>, FaultPoints {
    private static final long serialVersionUID = 1L;

    static boolean keeps(Event event) {
      return event.value() % 3 != 0;
    }

    @Override
    public boolean filter(Event event) {
      processing();
      return keeps(event);
    }
  }

  /** One record becomes two. */
  static final class Doubled implements FlatMapFunction<Event, Event>, FaultPoints {
    private static final long serialVersionUID = 1L;

    static Event second(Event event) {
      return new Event(event.key() + 1, event.time(), event.value() + 1_000);
    }

    @Override
    public void flatMap(Event event, Collector<Event> out) {
      processing();
      out.collect(event);
      out.collect(second(event));
    }
  }

  static final class Merged implements CoMapFunction<Event, Event, Event>, FaultPoints {
    private static final long serialVersionUID = 1L;

    static Event second(Event event) {
      return new Event(event.key(), event.time(), -event.value());
    }

    @Override
    public Event map1(Event event) {
      processing();
      return event;
    }

    @Override
    public Event map2(Event event) {
      processing();
      return second(event);
    }
  }

  /** How many records the subtask has had, in operator state; the key is the subtask's index. */
  static final class Numbered extends RichMapFunction<Event, Event> implements FaultPoints {
    private static final long serialVersionUID = 1L;
    private final boolean isUnion;
    private transient ListState<Event> state;
    private long count;

    Numbered(boolean isUnion) {
      this.isUnion = isUnion;
    }

    private int subtask() {
      return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      FaultPoints.super.initializeState(context);
      ListStateDescriptor<Event> descriptor = new ListStateDescriptor<>("number", Event.class);
      state =
          isUnion
              ? context.getOperatorStateStore().getUnionListState(descriptor)
              : context.getOperatorStateStore().getListState(descriptor);
      for (Event number : state.get()) {
        if (number.key() == subtask()) {
          count = number.value();
        } else if (!isUnion) {
          World.here().violated("subtask " + subtask() + " has the list state of another");
        }
      }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
      FaultPoints.super.snapshotState(context);
      state.clear();
      state.add(new Event(subtask(), 0, count));
    }

    @Override
    public Event map(Event event) {
      processing();
      return new Event(subtask(), 0, ++count);
    }
  }
}
