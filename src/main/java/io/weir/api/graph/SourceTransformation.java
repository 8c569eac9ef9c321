package io.weir.api.graph;

import io.weir.api.connector.Source;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.types.TypeInformation;
import java.util.List;
import java.util.Objects;

/**
 * A source and how its records get their event time.
 *
 * @param <T> type of the records
 */
public final class SourceTransformation<T> extends Transformation<T> {
  private final Source<T, ?, ?> source;
  private final WatermarkStrategy<T> watermarkStrategy;

  public SourceTransformation(
      int id,
      String name,
      Source<T, ?, ?> source,
      WatermarkStrategy<T> watermarkStrategy,
      TypeInformation<T> outputType) {
    super(id, name, outputType);
    this.source = Objects.requireNonNull(source, "source");
    this.watermarkStrategy = Objects.requireNonNull(watermarkStrategy, "watermarkStrategy");
    setChainingStrategy(ChainingStrategy.HEAD);
  }

  public Source<T, ?, ?> source() {
    return source;
  }

  public WatermarkStrategy<T> watermarkStrategy() {
    return watermarkStrategy;
  }

  @Override
  public List<Transformation<?>> inputs() {
    return List.of();
  }

  @Override
  public <R> R accept(TransformationVisitor<R> visitor) {
    return visitor.source(this);
  }
}
