package io.weir.connector.generator;

import io.weir.api.connector.Boundedness;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Source;
import io.weir.api.connector.SourceReader;
import io.weir.api.connector.SourceReaderContext;
import io.weir.api.connector.SplitEnumerator;
import io.weir.api.connector.SplitEnumeratorContext;
import io.weir.api.connector.lib.NumberSequenceSource;
import io.weir.api.connector.lib.NumberSequenceSource.NumberSequenceSplit;
import io.weir.api.types.ResultTypeQueryable;
import io.weir.api.types.TypeInformation;
import io.weir.connector.ratelimit.RateLimiterStrategy;
import java.util.List;
import java.util.Objects;

/**
 * Records that a function makes of the numbers from 0 on, spread over the subtasks:
 *
 * <pre>{@code
 * new DataGeneratorSource<>(
 *     number -> "event " + number, 1_000_000, RateLimiterStrategy.perSecond(5000), Types.STRING)
 * }</pre>
 *
 * <p>After a restore every number that is still to come gives its record once.
 *
 * @param <T> type of the records
 */
public final class DataGeneratorSource<T>
    implements Source<T, NumberSequenceSplit, List<NumberSequenceSplit>>, ResultTypeQueryable<T> {
  private static final long serialVersionUID = 1L;

  private final GeneratorFunction<Long, T> generatorFunction;
  private final NumberSequenceSource numbers;
  private final RateLimiterStrategy rate;
  private final TypeInformation<T> type;

  /**
   * Generates as fast as it can.
   *
   * @param generatorFunction makes the records
   * @param count how many, at least 1; {@link Long#MAX_VALUE} for as good as endless
   * @param type type of the records
   */
  public DataGeneratorSource(
      GeneratorFunction<Long, T> generatorFunction, long count, TypeInformation<T> type) {
    this(generatorFunction, count, RateLimiterStrategy.noOp(), type);
  }

  /**
   * Generates at a limited rate.
   *
   * @param generatorFunction makes the records
   * @param count how many, at least 1; {@link Long#MAX_VALUE} for as good as endless
   * @param rate how many per second
   * @param type type of the records
   */
  public DataGeneratorSource(
      GeneratorFunction<Long, T> generatorFunction,
      long count,
      RateLimiterStrategy rate,
      TypeInformation<T> type) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "A generator must make at least 1 record, not %d".formatted(count));
    }
    this.generatorFunction = Objects.requireNonNull(generatorFunction, "generatorFunction");
    this.numbers = new NumberSequenceSource(0, count - 1);
    this.rate = Objects.requireNonNull(rate, "rate");
    this.type = Objects.requireNonNull(type, "type");
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<T, NumberSequenceSplit> createReader(SourceReaderContext readerContext)
      throws Exception {
    generatorFunction.open(readerContext);
    return rate.limit(
        new GeneratorReader<>(numbers.createReader(readerContext), generatorFunction),
        readerContext);
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, List<NumberSequenceSplit>> createEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> enumContext) {
    return numbers.createEnumerator(enumContext);
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, List<NumberSequenceSplit>> restoreEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> enumContext,
      List<NumberSequenceSplit> checkpoint) {
    return numbers.restoreEnumerator(enumContext, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
    return numbers.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<List<NumberSequenceSplit>> getEnumeratorCheckpointSerializer() {
    return numbers.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return type;
  }
}
