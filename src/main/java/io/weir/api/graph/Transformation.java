package io.weir.api.graph;

import io.weir.api.types.TypeInformation;
import java.util.List;
import java.util.Objects;

/**
 * One node of the graph that an author's calls describe. Sources, operators and sinks become
 * operators of the plan; unions, partitionings and side outputs only say how records get from one
 * to the next.
 *
 * <p>Transformations are compared by identity.
 *
 * @param <T> type of the records that it gives
 */
public abstract sealed class Transformation<T>
    permits SourceTransformation,
        OneInputTransformation,
        TwoInputTransformation,
        UnionTransformation,
        PartitionTransformation,
        SideOutputTransformation,
        SinkTransformation {
  /** The parallelism of an operator for which the author chose none. */
  public static final int PARALLELISM_DEFAULT = -1;

  private final int id;
  private String name;
  private String description;
  private String uid;
  private String uidHash;
  private int parallelism = PARALLELISM_DEFAULT;
  private int maxParallelism = PARALLELISM_DEFAULT;
  private ChainingStrategy chainingStrategy = ChainingStrategy.ALWAYS;
  private String slotSharingGroup;
  private TypeInformation<T> outputType;

  Transformation(int id, String name, TypeInformation<T> outputType) {
    this.id = id;
    this.name = Objects.requireNonNull(name, "name");
    this.outputType = outputType;
  }

  /** The transformations from which this one takes its records, in the order of its inputs. */
  public abstract List<Transformation<?>> inputs();

  /** Calls the visitor's method for this kind of transformation. */
  public abstract <R> R accept(TransformationVisitor<R> visitor);

  /** A number that is unique within the environment; inputs have smaller ones. */
  public final int id() {
    return id;
  }

  /** The name that is shown; it has no influence on state. */
  public final String name() {
    return name;
  }

  public final void setName(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  /** A longer text for people, or null. */
  public final String description() {
    return description;
  }

  public final void setDescription(String description) {
    this.description = description;
  }

  /** The author's name for the state of this operator, or null. */
  public final String uid() {
    return uid;
  }

  public final void setUid(String uid) {
    this.uid = Objects.requireNonNull(uid, "uid");
  }

  /** An operator id of an earlier run, 32 hexadecimal digits, or null. */
  public final String uidHash() {
    return uidHash;
  }

  /**
   * Makes the operator take over the state of an operator id.
   *
   * @throws IllegalArgumentException if the hash is not an operator id
   */
  public final void setUidHash(String uidHash) {
    Objects.requireNonNull(uidHash, "uidHash");
    if (!uidHash.matches("[0-9A-Fa-f]{32}")) {
      throw new IllegalArgumentException(
          "The uid hash '"
              + uidHash
              + "' is not an operator id: it needs 32 hexadecimal digits, as logs and snapshots show"
              + " them. To name the operator's state yourself use uid(...).");
    }
    this.uidHash = uidHash;
  }

  /** The number of subtasks, or {@link #PARALLELISM_DEFAULT}. */
  public final int parallelism() {
    return parallelism;
  }

  /**
   * Sets the number of subtasks.
   *
   * @throws IllegalArgumentException if it is less than 1 and not {@link #PARALLELISM_DEFAULT}
   */
  public final void setParallelism(int parallelism) {
    this.parallelism = checkParallelism("parallelism", parallelism);
  }

  /** The number of key groups, or {@link #PARALLELISM_DEFAULT}. */
  public final int maxParallelism() {
    return maxParallelism;
  }

  /**
   * Sets the number of key groups.
   *
   * @throws IllegalArgumentException if it is less than 1 and not {@link #PARALLELISM_DEFAULT}
   */
  public final void setMaxParallelism(int maxParallelism) {
    this.maxParallelism = checkParallelism("max parallelism", maxParallelism);
  }

  private int checkParallelism(String what, int value) {
    if (value < 1 && value != PARALLELISM_DEFAULT) {
      throw new IllegalArgumentException(
          "The %s of '%s' must be at least 1, or %d for the default, but is %d"
              .formatted(what, name, PARALLELISM_DEFAULT, value));
    }
    return value;
  }

  /** Whether it may be fused with its neighbours. */
  public final ChainingStrategy chainingStrategy() {
    return chainingStrategy;
  }

  public final void setChainingStrategy(ChainingStrategy chainingStrategy) {
    this.chainingStrategy = Objects.requireNonNull(chainingStrategy, "chainingStrategy");
  }

  /** The slot sharing group, or null for that of the inputs. */
  public final String slotSharingGroup() {
    return slotSharingGroup;
  }

  public final void setSlotSharingGroup(String slotSharingGroup) {
    this.slotSharingGroup = Objects.requireNonNull(slotSharingGroup, "slotSharingGroup");
  }

  /** The type of the records, or null when it is not known. */
  public final TypeInformation<T> outputType() {
    return outputType;
  }

  public final void setOutputType(TypeInformation<T> outputType) {
    this.outputType = Objects.requireNonNull(outputType, "outputType");
  }

  @Override
  public final String toString() {
    return name + " (#" + id + ")";
  }
}
