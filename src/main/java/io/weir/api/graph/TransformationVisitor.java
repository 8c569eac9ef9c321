package io.weir.api.graph;

/**
 * One method for every kind of transformation, so that none can be forgotten.
 *
 * @param <R> what is computed
 */
public interface TransformationVisitor<R> {
  <T> R source(SourceTransformation<T> transformation);

  <I, O> R oneInput(OneInputTransformation<I, O> transformation);

  <A, B, O> R twoInput(TwoInputTransformation<A, B, O> transformation);

  <T> R union(UnionTransformation<T> transformation);

  <T> R partition(PartitionTransformation<T> transformation);

  <T> R sideOutput(SideOutputTransformation<T> transformation);

  <T> R sink(SinkTransformation<T> transformation);
}
