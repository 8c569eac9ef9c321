package io.weir.api.graph;

import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.functions.FilterFunction;
import io.weir.api.functions.FlatMapFunction;
import io.weir.api.functions.KeyedProcessFunction;
import io.weir.api.functions.MapFunction;
import io.weir.api.functions.ProcessFunction;
import io.weir.api.functions.ReduceFunction;
import io.weir.api.functions.co.BroadcastProcessFunction;
import io.weir.api.functions.co.CoFlatMapFunction;
import io.weir.api.functions.co.CoMapFunction;
import io.weir.api.functions.co.CoProcessFunction;
import io.weir.api.functions.co.KeyedBroadcastProcessFunction;
import io.weir.api.functions.co.KeyedCoProcessFunction;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.types.OutputTag;
import io.weir.api.windowing.assigners.WindowAssigner;
import io.weir.api.windowing.evictors.Evictor;
import io.weir.api.windowing.triggers.Trigger;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What an operator does, one record per kind. An operator is serializable as far as the author's
 * functions in it are: every subtask works on its own copy.
 */
public sealed interface Operator extends Serializable {
  /** The name that is shown where the author gives none. */
  String defaultName();

  /** Whether the operator works on keyed streams only. */
  boolean requiresKey();

  /** What comes from the author and is copied for every subtask, in the order of use. */
  List<Object> userCode();

  /** Calls the visitor's method for this kind of operator. */
  <R> R accept(OperatorVisitor<R> visitor);

  /** One record for each record. */
  record Map<I, O>(MapFunction<I, O> function) implements Operator {
    public Map {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public String defaultName() {
      return "Map";
    }

    @Override
    public boolean requiresKey() {
      return false;
    }

    @Override
    public List<Object> userCode() {
      return List.of(function);
    }

    @Override
    public <R> R accept(OperatorVisitor<R> visitor) {
      return visitor.map(this);
    }
  }

  /** Any number of records for each record. */
  record FlatMap<I, O>(FlatMapFunction<I, O> function) implements Operator {
    public FlatMap {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public String defaultName() {
      return "Flat Map";
    }

    @Override
    public boolean requiresKey() {
      return false;
    }

    @Override
    public List<Object> userCode() {
      return List.of(function);
    }

    @Override
    public <R> R accept(OperatorVisitor<R> visitor) {
      return visitor.flatMap(this);
    }
  }

  /** Keeps the records for which the function says true. */
  record Filter<T>(FilterFunction<T> function) implements Operator {
    public Filter {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public String defaultName() {
      return "Filter";
    }

    @Override
    public boolean requiresKey() {
      return false;
    }

    @Override
    public List<Object> userCode() {
      return List.of(function);
    }

    @Override
    public <R> R accept(OperatorVisitor<R> visitor) {
      return visitor.filter(this);
    }
  }

  /** A process function; with timers and keyed state where the input is keyed. */
  @SuppressWarnings("JavaLangClash") // the name that authors know it by
  record Process<I, O>(ProcessFunction<I, O> function) implements Operator {
    public Process {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public String defaultName() {
      return "Process";
    }

    @Override
    public boolean requiresKey() {
      return false;
    }

    @Override
    public List<Object> userCode() {
      return List.of(function);
    }

    @Override
    public <R> R accept(OperatorVisitor<R> visitor) {
      return visitor.process(this);
    }
  }

  /** A process function on a keyed stream, with timers and keyed state. */
  record KeyedProcess<K, I, O>(KeyedProcessFunction<K, I, O> function) implements Operator {
    public KeyedProcess {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public String defaultName() {
      return "KeyedProcess";
    }

    @Override
    public boolean requiresKey() {
      return true;
    }

    @Override
    public List<Object> userCode() {
      return List.of(function);
    }

    @Override
    public <R> R accept(OperatorVisitor<R> visitor) {
      return visitor.keyedProcess(this);
    }
  }

  /** A running reduction per key: emits the reduced record for each record. */
  record Reduce<T>(ReduceFunction<T> function) implements Operator {
    public Reduce {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public String defaultName() {
      return "Keyed Reduce";
    }

    @Override
    public boolean requiresKey() {
      return true;
    }

    @Override
    public List<Object> userCode() {
      return List.of(function);
    }

    @Override
    public <R> R accept(OperatorVisitor<R> visitor) {
      return visitor.reduce(this);
    }
  }

  /** One record for each record of either input. */
  record CoMap<A, B, O>(CoMapFunction<A, B, O> function) implements Operator {
    public CoMap {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public String defaultName() {
      return "Co-Map";
    }

    @Override
    public boolean requiresKey() {
      return false;
    }

    @Override
    public List<Object> userCode() {
      return List.of(function);
    }

    @Override
    public <R> R accept(OperatorVisitor<R> visitor) {
      return visitor.coMap(this);
    }
  }

  /** Any number of records for each record of either input. */
  record CoFlatMap<A, B, O>(CoFlatMapFunction<A, B, O> function) implements Operator {
    public CoFlatMap {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public String defaultName() {
      return "Co-Flat Map";
    }

    @Override
    public boolean requiresKey() {
      return false;
    }

    @Override
    public List<Object> userCode() {
      return List.of(function);
    }

    @Override
    public <R> R accept(OperatorVisitor<R> visitor) {
      return visitor.coFlatMap(this);
    }
  }

  /** A process function of two inputs; with timers and keyed state where both are keyed. */
  record CoProcess<A, B, O>(CoProcessFunction<A, B, O> function) implements Operator {
    public CoProcess {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public String defaultName() {
      return "Co-Process";
    }

    @Override
    public boolean requiresKey() {
      return false;
    }

    @Override
    public List<Object> userCode() {
      return List.of(function);
    }

    @Override
    public <R> R accept(OperatorVisitor<R> visitor) {
      return visitor.coProcess(this);
    }
  }

  /** A process function of two keyed inputs, with timers and keyed state. */
  record KeyedCoProcess<K, A, B, O>(KeyedCoProcessFunction<K, A, B, O> function)
      implements Operator {
    public KeyedCoProcess {
      Objects.requireNonNull(function, "function");
    }

    @Override
    public String defaultName() {
      return "Co-Keyed-Process";
    }

    @Override
    public boolean requiresKey() {
      return true;
    }

    @Override
    public List<Object> userCode() {
      return List.of(function);
    }

    @Override
    public <R> R accept(OperatorVisitor<R> visitor) {
      return visitor.keyedCoProcess(this);
    }
  }

  /**
   * Groups records per key and window.
   *
   * @param evictor removes records before or after the window function, or null
   * @param allowedLatenessMillis how long a window is kept after the watermark has passed its end
   * @param lateDataTag the side output of records whose window is gone, or null to drop them
   */
  record Window<T, W extends io.weir.api.windowing.windows.Window>(
      WindowAssigner<? super T, W> assigner,
      Trigger<? super T, ? super W> trigger,
      Evictor<? super T, ? super W> evictor,
      long allowedLatenessMillis,
      OutputTag<T> lateDataTag,
      WindowAggregation aggregation)
      implements Operator {
    public Window {
      Objects.requireNonNull(assigner, "assigner");
      Objects.requireNonNull(trigger, "trigger");
      Objects.requireNonNull(aggregation, "aggregation");
    }

    @Override
    public String defaultName() {
      return assigner.getClass().getSimpleName();
    }

    @Override
    public boolean requiresKey() {
      return true;
    }

    @Override
    public List<Object> userCode() {
      List<Object> code = new ArrayList<>(List.of(assigner, trigger));
      if (evictor != null) {
        code.add(evictor);
      }
      code.add(aggregation);
      return List.copyOf(code);
    }

    @Override
    public <R> R accept(OperatorVisitor<R> visitor) {
      return visitor.window(this);
    }
  }

  /** Gives records their event time and emits watermarks. */
  record TimestampsAndWatermarks<T>(WatermarkStrategy<T> strategy) implements Operator {
    public TimestampsAndWatermarks {
      Objects.requireNonNull(strategy, "strategy");
    }

    @Override
    public String defaultName() {
      return "Timestamps/Watermarks";
    }

    @Override
    public boolean requiresKey() {
      return false;
    }

    @Override
    public List<Object> userCode() {
      return List.of(strategy);
    }

    @Override
    public <R> R accept(OperatorVisitor<R> visitor) {
      return visitor.timestampsAndWatermarks(this);
    }
  }

  /**
   * A process function whose second input is broadcast into state that all subtasks share.
   *
   * @param broadcastStates the broadcast states that the function may use
   */
  record BroadcastProcess<A, B, O>(
      BroadcastProcessFunction<A, B, O> function, List<MapStateDescriptor<?, ?>> broadcastStates)
      implements Operator {
    public BroadcastProcess {
      Objects.requireNonNull(function, "function");
      broadcastStates = List.copyOf(broadcastStates);
    }

    @Override
    public String defaultName() {
      return "Co-Process-Broadcast";
    }

    @Override
    public boolean requiresKey() {
      return false;
    }

    @Override
    public List<Object> userCode() {
      return List.of(function);
    }

    @Override
    public <R> R accept(OperatorVisitor<R> visitor) {
      return visitor.broadcastProcess(this);
    }
  }

  /**
   * As {@link BroadcastProcess}, with a keyed first input.
   *
   * @param broadcastStates the broadcast states that the function may use
   */
  record KeyedBroadcastProcess<K, A, B, O>(
      KeyedBroadcastProcessFunction<K, A, B, O> function,
      List<MapStateDescriptor<?, ?>> broadcastStates)
      implements Operator {
    public KeyedBroadcastProcess {
      Objects.requireNonNull(function, "function");
      broadcastStates = List.copyOf(broadcastStates);
    }

    @Override
    public String defaultName() {
      return "Co-Process-Broadcast-Keyed";
    }

    @Override
    public boolean requiresKey() {
      return true;
    }

    @Override
    public List<Object> userCode() {
      return List.of(function);
    }

    @Override
    public <R> R accept(OperatorVisitor<R> visitor) {
      return visitor.keyedBroadcastProcess(this);
    }
  }
}
