package io.weir.engine;

import io.weir.api.graph.OneInputTransformation;
import io.weir.api.graph.PartitionTransformation;
import io.weir.api.graph.SideOutputTransformation;
import io.weir.api.graph.SinkTransformation;
import io.weir.api.graph.SourceTransformation;
import io.weir.api.graph.Transformation;
import io.weir.api.graph.TransformationVisitor;
import io.weir.api.graph.TwoInputTransformation;
import io.weir.api.graph.UnionTransformation;
import io.weir.api.types.TypeInformation;

/** Finds the type of an operator's keys; null if it is not keyed. */
final class KeyTypeOf implements TransformationVisitor<TypeInformation<?>> {
  private static final KeyTypeOf VISITOR = new KeyTypeOf();

  private KeyTypeOf() {}

  static TypeInformation<?> transformation(Transformation<?> transformation) {
    return transformation.accept(VISITOR);
  }

  @Override
  public <I, O> TypeInformation<?> oneInput(OneInputTransformation<I, O> transformation) {
    return transformation.keyType();
  }

  @Override
  public <A, B, O> TypeInformation<?> twoInput(TwoInputTransformation<A, B, O> transformation) {
    return transformation.keyType();
  }

  @Override
  public <T> TypeInformation<?> source(SourceTransformation<T> transformation) {
    return null;
  }

  @Override
  public <T> TypeInformation<?> union(UnionTransformation<T> transformation) {
    return null;
  }

  @Override
  public <T> TypeInformation<?> partition(PartitionTransformation<T> transformation) {
    return null;
  }

  @Override
  public <T> TypeInformation<?> sideOutput(SideOutputTransformation<T> transformation) {
    return null;
  }

  @Override
  public <T> TypeInformation<?> sink(SinkTransformation<T> transformation) {
    return null;
  }
}
