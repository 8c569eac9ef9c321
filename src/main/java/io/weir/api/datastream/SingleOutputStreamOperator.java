package io.weir.api.datastream;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.graph.ChainingStrategy;
import io.weir.api.graph.SideOutputTransformation;
import io.weir.api.graph.Transformation;
import io.weir.api.types.OutputTag;
import io.weir.api.types.TypeHint;
import io.weir.api.types.TypeInformation;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The stream that an operator gives, and the settings of that operator.
 *
 * @param <T> type of the records
 */
public class SingleOutputStreamOperator<T> extends DataStream<T> {
  private final Map<OutputTag<?>, TypeInformation<?>> sideOutputTypes = new HashMap<>();
  private boolean nonParallel;

  SingleOutputStreamOperator(
      StreamExecutionEnvironment environment, Transformation<T> transformation) {
    super(environment, transformation);
  }

  /** The name that is shown. */
  public String getName() {
    return transformation.name();
  }

  /** Sets the name that is shown; it has no influence on state. */
  public SingleOutputStreamOperator<T> name(String name) {
    transformation.setName(name);
    return this;
  }

  /** Describes the operator at greater length. */
  public SingleOutputStreamOperator<T> setDescription(String description) {
    transformation.setDescription(description);
    return this;
  }

  /**
   * Names the operator's state, so that it is found again after the program has changed. Every
   * operator with state should have one; it must be unique within the job.
   */
  public SingleOutputStreamOperator<T> uid(String uid) {
    transformation.setUid(uid);
    return this;
  }

  /**
   * Takes over the state of an operator that had no uid, by its operator id.
   *
   * @param uidHash 32 hexadecimal digits, as logs and snapshots show them
   */
  public SingleOutputStreamOperator<T> setUidHash(String uidHash) {
    transformation.setUidHash(uidHash);
    return this;
  }

  /** Sets the number of subtasks. */
  public SingleOutputStreamOperator<T> setParallelism(int parallelism) {
    checkNonParallel("parallelism", parallelism);
    transformation.setParallelism(parallelism);
    return this;
  }

  /** Sets the number of key groups: the upper limit for the parallelism of all later runs. */
  public SingleOutputStreamOperator<T> setMaxParallelism(int maxParallelism) {
    checkNonParallel("max parallelism", maxParallelism);
    transformation.setMaxParallelism(maxParallelism);
    return this;
  }

  private void checkNonParallel(String what, int value) {
    if (nonParallel && value != 1) {
      throw new IllegalArgumentException(
          "The %s of '%s' is 1 and cannot become %d, since it sees the records of all keys. Use keyBy(...) and a keyed operator to run in parallel."
              .formatted(what, transformation.name(), value));
    }
  }

  /** Makes the operator one that never runs in parallel. */
  public SingleOutputStreamOperator<T> forceNonParallel() {
    transformation.setParallelism(1);
    transformation.setMaxParallelism(1);
    nonParallel = true;
    return this;
  }

  /** Runs the operator as a task of its own. */
  public SingleOutputStreamOperator<T> disableChaining() {
    transformation.setChainingStrategy(ChainingStrategy.NEVER);
    return this;
  }

  /** Begins a new task with this operator. */
  public SingleOutputStreamOperator<T> startNewChain() {
    transformation.setChainingStrategy(ChainingStrategy.HEAD);
    return this;
  }

  /** Sets the slot sharing group; operators of different groups run in different slots. */
  public SingleOutputStreamOperator<T> slotSharingGroup(String slotSharingGroup) {
    transformation.setSlotSharingGroup(slotSharingGroup);
    return this;
  }

  /** States the type of the records; for a class without type parameters. */
  public SingleOutputStreamOperator<T> returns(Class<T> typeClass) {
    return returns(TypeInformation.of(typeClass));
  }

  /** States the type of the records, as in {@code new TypeHint<Tuple2<String, Long>>() {}}. */
  public SingleOutputStreamOperator<T> returns(TypeHint<T> typeHint) {
    return returns(typeHint.getTypeInfo());
  }

  /** States the type of the records. */
  public SingleOutputStreamOperator<T> returns(TypeInformation<T> typeInfo) {
    transformation.setOutputType(typeInfo);
    return this;
  }

  /**
   * The records that the operator gives to a side output.
   *
   * @throws UnsupportedOperationException if a tag of the same id but another type was asked for
   */
  public <X> DataStream<X> getSideOutput(OutputTag<X> sideOutputTag) {
    Objects.requireNonNull(sideOutputTag, "sideOutputTag");
    TypeInformation<?> type = sideOutputTag.getTypeInfo();
    TypeInformation<?> known = sideOutputTypes.putIfAbsent(sideOutputTag, type);
    if (known != null && !known.equals(type)) {
      throw new UnsupportedOperationException(
          "The side output '%s' of '%s' has records of type %s, not %s. Give each type a tag with an id of its own."
              .formatted(sideOutputTag.getId(), transformation.name(), known, type));
    }
    return new DataStream<>(
        environment,
        environment.addTransformation(
            new SideOutputTransformation<>(
                environment.nextTransformationId(), transformation, sideOutputTag)));
  }
}
