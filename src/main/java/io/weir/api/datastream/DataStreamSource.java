package io.weir.api.datastream;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.graph.SourceTransformation;

/**
 * The stream that a source gives, and the settings of that source.
 *
 * @param <T> type of the records
 */
public class DataStreamSource<T> extends SingleOutputStreamOperator<T> {
  /** Creates the stream of a source. */
  public DataStreamSource(
      StreamExecutionEnvironment environment, SourceTransformation<T> transformation) {
    super(environment, transformation);
  }

  @Override
  public DataStreamSource<T> setParallelism(int parallelism) {
    super.setParallelism(parallelism);
    return this;
  }
}
