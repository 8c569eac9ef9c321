package io.weir.sim;

import io.weir.api.datastream.DataStream;
import io.weir.api.datastream.SingleOutputStreamOperator;
import io.weir.api.types.Types;
import io.weir.api.windowing.assigners.EventTimeSessionWindows;
import io.weir.api.windowing.assigners.SlidingEventTimeWindows;
import io.weir.api.windowing.assigners.TumblingEventTimeWindows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What an operator of a generated job does: in the engine, and by plain Java. */
enum Operation {
  MAP {
    @Override
    DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage) {
      return stage.finish(in.map(new Functions.Mapped()).returns(Event.class));
    }

    @Override
    List<Event> expect(List<Event> in, List<Event> other, int size) {
      return in.stream().map(Functions.Mapped::of).toList();
    }
  },
  FILTER {
    @Override
    DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage) {
      return stage.finish(in.filter(new Functions.Filtered()));
    }

    @Override
    List<Event> expect(List<Event> in, List<Event> other, int size) {
      return in.stream().filter(Functions.Filtered::keeps).toList();
    }
  },
  FLAT_MAP {
    @Override
    DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage) {
      return stage.finish(in.flatMap(new Functions.Doubled()).returns(Event.class));
    }

    @Override
    List<Event> expect(List<Event> in, List<Event> other, int size) {
      return in.stream().flatMap(e -> Stream.of(e, Functions.Doubled.second(e))).toList();
    }
  },
  UNION {
    @Override
    DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage) {
      return stage.finish(in.union(other).map(new Functions.Mapped()).returns(Event.class));
    }

    @Override
    List<Event> expect(List<Event> in, List<Event> other, int size) {
      return Stream.concat(in.stream(), other.stream()).map(Functions.Mapped::of).toList();
    }
  },
  CO_MAP {
    @Override
    DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage) {
      return stage.finish(in.connect(other).map(new Functions.Merged()).returns(Event.class));
    }

    @Override
    List<Event> expect(List<Event> in, List<Event> other, int size) {
      return Stream.concat(in.stream(), other.stream().map(Functions.Merged::second)).toList();
    }
  },
  COUNT {
    @Override
    DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage) {
      return stage.finish(
          in.keyBy(Event::key, Types.INT)
              .process(new KeyedFunctions.Counted())
              .returns(Event.class));
    }

    @Override
    List<Event> expect(List<Event> in, List<Event> other, int size) {
      Map<Integer, Long> counts = new TreeMap<>();
      return in.stream()
          .map(event -> new Event(event.key(), 0, counts.merge(event.key(), 1L, Long::sum)))
          .toList();
    }
  },
  SUM {
    @Override
    DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage) {
      return stage.finish(
          in.keyBy(Event::key, Types.INT)
              .process(new KeyedFunctions.Summed())
              .returns(Event.class));
    }

    @Override
    List<Event> expect(List<Event> in, List<Event> other, int size) {
      return sums(in, event -> new Event(event.key(), Event.END, 0));
    }
  },
  DELAY {
    @Override
    DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage) {
      return stage.finish(
          in.keyBy(Event::key, Types.INT)
              .process(new KeyedFunctions.Delayed())
              .returns(Event.class));
    }

    @Override
    List<Event> expect(List<Event> in, List<Event> other, int size) {
      return sums(
          in, event -> new Event(event.key(), event.time() + KeyedFunctions.Delayed.DELAY, 0));
    }
  },
  TUMBLING_WINDOW {
    @Override
    DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage) {
      return stage.finish(
          in.keyBy(Event::key, Types.INT)
              .window(TumblingEventTimeWindows.of(Duration.ofMillis(stage.size())))
              .process(new WindowSum())
              .returns(Event.class));
    }

    @Override
    List<Event> expect(List<Event> in, List<Event> other, int size) {
      return sums(in, event -> new Event(event.key(), event.time() / size * size + size - 1, 0));
    }
  },
  SLIDING_WINDOW {
    @Override
    DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage) {
      return stage.finish(
          in.keyBy(Event::key, Types.INT)
              .window(
                  SlidingEventTimeWindows.of(
                      Duration.ofMillis(2L * stage.size()), Duration.ofMillis(stage.size())))
              .process(new WindowSum())
              .returns(Event.class));
    }

    @Override
    List<Event> expect(List<Event> in, List<Event> other, int size) {
      List<Event> twice = new ArrayList<>(in);
      in.forEach(e -> twice.add(new Event(e.key(), e.time() + size, e.value())));
      return sums(twice, event -> new Event(event.key(), event.time() / size * size + size - 1, 0));
    }
  },
  SESSION_WINDOW {
    @Override
    DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage) {
      return stage.finish(
          in.keyBy(Event::key, Types.INT)
              .window(EventTimeSessionWindows.withGap(Duration.ofMillis(stage.size())))
              .process(new WindowSum())
              .returns(Event.class));
    }

    @Override
    OptionalInt size(int drawn, List<Event> in) {
      Set<Long> distances = distances(in);
      return IntStream.range(drawn, drawn + MAX_SHIFT)
          .filter(gap -> !distances.contains((long) gap))
          .findFirst();
    }

    /** Between any two of a key: a job that is drained sees only some of them. */
    private Set<Long> distances(List<Event> in) {
      Set<Long> distances = new HashSet<>();
      for (Event one : in) {
        for (Event other : in) {
          if (one.key() == other.key()) {
            distances.add(one.time() - other.time());
          }
        }
      }
      return distances;
    }

    @Override
    List<Event> expect(List<Event> in, List<Event> other, int size) {
      List<Event> sessions = new ArrayList<>();
      Event open = null;
      for (Event event : in.stream().sorted().toList()) {
        long end = event.time() + size - 1;
        if (open != null && open.key() == event.key() && event.time() <= open.time() + 1) {
          open = new Event(open.key(), end, open.value() + event.value());
        } else {
          if (open != null) {
            sessions.add(open);
          }
          open = new Event(event.key(), end, event.value());
        }
      }
      if (open != null) {
        sessions.add(open);
      }
      return sessions;
    }
  },
  DIFFERENCE {
    @Override
    DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage) {
      return stage.finish(
          in.connect(other)
              .keyBy(Event::key, Event::key, Types.INT)
              .process(new Difference())
              .returns(Event.class));
    }

    @Override
    List<Event> expect(List<Event> in, List<Event> other, int size) {
      List<Event> all = new ArrayList<>(in);
      other.forEach(e -> all.add(new Event(e.key(), e.time(), -e.value())));
      return sums(all, event -> new Event(event.key(), Event.END, 0));
    }
  },
  BROADCAST_JOIN {
    @Override
    DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage) {
      return stage.finish(
          in.keyBy(Event::key, Types.INT)
              .connect(other.broadcast(Functions.RULES))
              .process(new Ruled())
              .returns(Event.class));
    }

    @Override
    List<Event> expect(List<Event> in, List<Event> other, int size) {
      long weight = other.stream().mapToLong(e -> (Ruled.rule(e) + 1) * e.value()).sum();
      return sums(in, event -> new Event(event.key(), Event.END, 0)).stream()
          .map(sum -> new Event(sum.key(), sum.time(), sum.value() + weight))
          .toList();
    }
  },
  /** The last one in front of a sink: its results show which subtask made them. */
  NUMBER {
    @Override
    DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage) {
      return stage.finish(
          in.map(new Functions.Numbered(stage.size() % 2 == 0)).returns(Event.class));
    }

    @Override
    List<Event> expect(List<Event> in, List<Event> other, int size) {
      return in;
    }
  },
  /** The last one in front of a sink: its results show when the scheduler let it have a record. */
  EXPIRE {
    @Override
    DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage) {
      return stage.finish(
          in.keyBy(Event::key, Types.INT)
              .process(new Marked(stage.index(), Expiry.of(stage.size())))
              .returns(Event.class));
    }

    @Override
    List<Event> expect(List<Event> in, List<Event> other, int size) {
      return in;
    }
  };

  private static final int MAX_SHIFT = 50;

  /**
   * One operator of a job.
   *
   * @param other the index of the second input, or -1
   * @param size of windows
   */
  record Stage(
      int index,
      Operation operation,
      int input,
      int other,
      Exchange exchange,
      int parallelism,
      int size,
      boolean startsChain) {
    Stage withParallelism(int present) {
      return new Stage(index, operation, input, other, exchange, present, size, startsChain);
    }

    /**
     * The result as a multiset.
     *
     * @param streams the inputs of all stages, by index
     */
    List<Event> expect(List<List<Event>> streams) {
      int copies = exchange == Exchange.BROADCAST ? parallelism : 1;
      List<Event> in = new ArrayList<>();
      for (int i = 0; i < copies; i++) {
        in.addAll(streams.get(input));
      }
      return operation.expect(in, other < 0 ? List.of() : streams.get(other), size);
    }

    DataStream<Event> finish(SingleOutputStreamOperator<Event> built) {
      SingleOutputStreamOperator<Event> named =
          built.uid("stage-" + index).name("stage-" + index + "-" + operation);
      named.setParallelism(parallelism);
      return startsChain ? named.startNewChain() : named;
    }

    @Override
    public String toString() {
      return "stage-%d: %s of %d%s by %s, parallelism %d"
          .formatted(
              index, operation, input, other < 0 ? "" : " and " + other, exchange, parallelism);
    }
  }

  abstract DataStream<Event> build(DataStream<Event> in, DataStream<Event> other, Stage stage);

  /** The result as a multiset. */
  abstract List<Event> expect(List<Event> in, List<Event> other, int size);

  /**
   * A size of windows with which the result does not depend on the order of the inputs; none if
   * there is none near the drawn one. Whether two sessions exactly a gap apart become one depends
   * on whether the watermark has ended the first before the second begins.
   */
  OptionalInt size(int drawn, List<Event> in) {
    return OptionalInt.of(drawn);
  }

  boolean hasTwoInputs() {
    return this == UNION || this == CO_MAP || this == DIFFERENCE || this == BROADCAST_JOIN;
  }

  /** Whether nothing can be computed further of its results, without the engine. */
  boolean isLast() {
    return this == NUMBER || this == EXPIRE;
  }

  /** Whether each record becomes others on its own, in whatever order. */
  boolean isStateless() {
    return switch (this) {
      case MAP, FILTER, FLAT_MAP, UNION, CO_MAP -> true;
      default -> false;
    };
  }

  /** Whether the times of the input's records must be theirs in the stream, and none late. */
  boolean needsTimes() {
    return this == DELAY
        || this == TUMBLING_WINDOW
        || this == SLIDING_WINDOW
        || this == SESSION_WINDOW;
  }

  boolean givesTimes(boolean inputHasTimes) {
    return switch (this) {
      case COUNT, NUMBER, EXPIRE -> false;
      case MAP, FILTER, FLAT_MAP, UNION, CO_MAP -> inputHasTimes;
      default -> true;
    };
  }

  private static List<Event> sums(List<Event> in, Function<Event, Event> group) {
    Map<Event, Long> sums = new TreeMap<>();
    in.forEach(event -> sums.merge(group.apply(event), event.value(), Long::sum));
    return sums.entrySet().stream()
        .map(e -> new Event(e.getKey().key(), e.getKey().time(), e.getValue()))
        .toList();
  }
}
