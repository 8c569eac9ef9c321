package io.weir.api.datastream;

import io.weir.api.graph.ChainingStrategy;
import io.weir.api.graph.SinkTransformation;
import java.util.Objects;

/**
 * The settings of a sink.
 *
 * @param <T> type of the records that it takes
 */
public class DataStreamSink<T> {
  private final SinkTransformation<T> transformation;

  DataStreamSink(SinkTransformation<T> transformation) {
    this.transformation = Objects.requireNonNull(transformation, "transformation");
  }

  /** The node of the graph. */
  public SinkTransformation<T> getTransformation() {
    return transformation;
  }

  /** Sets the name that is shown; it has no influence on state. */
  public DataStreamSink<T> name(String name) {
    transformation.setName(name);
    return this;
  }

  /** Describes the sink at greater length. */
  public DataStreamSink<T> setDescription(String description) {
    transformation.setDescription(description);
    return this;
  }

  /** Names the sink's state, so that it is found again after the program has changed. */
  public DataStreamSink<T> uid(String uid) {
    transformation.setUid(uid);
    return this;
  }

  /** Takes over the state of a sink that had no uid, by its operator id. */
  public DataStreamSink<T> setUidHash(String uidHash) {
    transformation.setUidHash(uidHash);
    return this;
  }

  /** Sets the number of subtasks. */
  public DataStreamSink<T> setParallelism(int parallelism) {
    transformation.setParallelism(parallelism);
    return this;
  }

  /** Sets the upper limit for the parallelism of all later runs. */
  public DataStreamSink<T> setMaxParallelism(int maxParallelism) {
    transformation.setMaxParallelism(maxParallelism);
    return this;
  }

  /** Runs the sink as a task of its own. */
  public DataStreamSink<T> disableChaining() {
    transformation.setChainingStrategy(ChainingStrategy.NEVER);
    return this;
  }

  /** Sets the slot sharing group; operators of different groups run in different slots. */
  public DataStreamSink<T> slotSharingGroup(String slotSharingGroup) {
    transformation.setSlotSharingGroup(slotSharingGroup);
    return this;
  }
}
