package io.weir.engine.operator.factory;

import io.weir.api.connector.Sink;
import io.weir.api.connector.SupportsCommitter;
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
import io.weir.engine.operator.FunctionCopy;
import io.weir.engine.operator.OperatorFactory;
import io.weir.engine.operator.StreamOperator;
import io.weir.engine.operator.sink.CommittingSinkOperator;
import io.weir.engine.operator.sink.SinkOperator;
import io.weir.plan.PlannedOperator;

/** Makes the operator for each kind of transformation that is run as one. */
public final class StreamOperatorFactory implements OperatorFactory {
  private final int committerRetries;

  /**
   * Takes the settings that the job gives to its operators.
   *
   * @param committerRetries how often a sink tries to commit again what its committer wants to try
   *     again
   */
  public StreamOperatorFactory(int committerRetries) {
    this.committerRetries = committerRetries;
  }

  @Override
  public StreamOperator create(PlannedOperator operator) {
    return operator.transformation().accept(new Creation(operator.name()));
  }

  private final class Creation implements TransformationVisitor<StreamOperator> {
    private final String operatorName;

    Creation(String operatorName) {
      this.operatorName = operatorName;
    }

    @Override
    public <I, O> StreamOperator oneInput(OneInputTransformation<I, O> transformation) {
      AuthorCode code =
          new AuthorCode(transformation.operator(), transformation.keySelector(), null);
      return operator(code, transformation.input().outputType());
    }

    @Override
    public <A, B, O> StreamOperator twoInput(TwoInputTransformation<A, B, O> transformation) {
      AuthorCode code =
          new AuthorCode(
              transformation.operator(),
              transformation.firstKeySelector(),
              transformation.secondKeySelector());
      return operator(code, null);
    }

    private StreamOperator operator(AuthorCode code, TypeInformation<?> inputType) {
      AuthorCode copy = FunctionCopy.of(code, operatorName);
      return copy.operator().accept(new FunctionOperators(operatorName, copy, inputType));
    }

    @Override
    public <T> StreamOperator sink(SinkTransformation<T> transformation) {
      return sinkOperator(FunctionCopy.of(transformation.sink(), operatorName));
    }

    private <T> StreamOperator sinkOperator(Sink<T> sink) {
      return sink instanceof SupportsCommitter<?> committing
          ? new CommittingSinkOperator<>(sink, committing, committerRetries)
          : new SinkOperator<>(sink);
    }

    @Override
    public <T> StreamOperator source(SourceTransformation<T> transformation) {
      throw noOperator(transformation);
    }

    @Override
    public <T> StreamOperator union(UnionTransformation<T> transformation) {
      throw noOperator(transformation);
    }

    @Override
    public <T> StreamOperator partition(PartitionTransformation<T> transformation) {
      throw noOperator(transformation);
    }

    @Override
    public <T> StreamOperator sideOutput(SideOutputTransformation<T> transformation) {
      throw noOperator(transformation);
    }

    private IllegalArgumentException noOperator(Transformation<?> transformation) {
      return new IllegalArgumentException(
          transformation + " is run by the task itself or by its channels, not by an operator");
    }
  }
}
