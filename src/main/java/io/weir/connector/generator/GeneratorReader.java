package io.weir.connector.generator;

import io.weir.api.connector.InputStatus;
import io.weir.api.connector.ReaderOutput;
import io.weir.api.connector.SourceReader;
import io.weir.api.connector.lib.NumberSequenceSource.NumberSequenceSplit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Reads numbers and emits what the function makes of them. */
@SuppressWarnings("try") // close() may throw anything; the task restores an interrupt
final class GeneratorReader<T> implements SourceReader<T, NumberSequenceSplit> {
  private final SourceReader<Long, NumberSequenceSplit> numbers;
  private final GeneratorFunction<Long, T> function;
  private final NextNumber next = new NextNumber();

  GeneratorReader(
      SourceReader<Long, NumberSequenceSplit> numbers, GeneratorFunction<Long, T> function) {
    this.numbers = numbers;
    this.function = function;
  }

  @Override
  public void start() {
    numbers.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    next.number = null;
    InputStatus status = numbers.pollNext(next);
    if (next.number != null) {
      output.collect(
          Objects.requireNonNull(function.map(next.number), "a generator must not give null"));
    }
    return status;
  }

  @Override
  public List<NumberSequenceSplit> snapshotState(long checkpointId) {
    return numbers.snapshotState(checkpointId);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return numbers.isAvailable();
  }

  @Override
  public void addSplits(List<NumberSequenceSplit> splits) {
    numbers.addSplits(splits);
  }

  @Override
  public void notifyNoMoreSplits() {
    numbers.notifyNoMoreSplits();
  }

  @Override
  public void close() throws Exception {
    try (numbers) {
      function.close();
    }
  }
}
