package io.weir.plan;

import io.weir.api.graph.PartitionTransformation;
import io.weir.api.graph.Transformation;
import io.weir.api.graph.UnionTransformation;
import io.weir.api.types.TypeInformation;

/** The type of a stream's records, also where it was stated after the stream had been used. */
final class TypeOf {
  private TypeOf() {}

  /** Null if it is not known. */
  static TypeInformation<?> recordsOf(Transformation<?> transformation) {
    TypeInformation<?> type = transformation.outputType();
    boolean passesOn =
        transformation instanceof PartitionTransformation<?>
            || transformation instanceof UnionTransformation<?>;
    return type == null && passesOn ? recordsOf(transformation.inputs().get(0)) : type;
  }
}
