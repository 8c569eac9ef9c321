package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.weir.api.connector.Boundedness;
import io.weir.api.connector.InputStatus;
import io.weir.api.connector.ReaderOutput;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Source;
import io.weir.api.connector.SourceReader;
import io.weir.api.connector.SourceReaderContext;
import io.weir.api.connector.SourceSplit;
import io.weir.api.connector.SplitEnumerator;
import io.weir.api.connector.SplitEnumeratorContext;
import io.weir.api.connector.lib.NumberSequenceSource;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.types.Types;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The engine itself allocates nothing per record. */
class AllocationTest {
  private static final long RECORDS = 1_000_000;
  private static final double MOST_BYTES_PER_RECORD = 2;

  @Test
  void chainsAndChannelsAllocateNothingPerRecord() {
    SteppedJob job =
        SteppedJob.of(
            env ->
                env.fromSource(
                        new SameNumbers(), WatermarkStrategy.noWatermarks(), "numbers", Types.LONG)
                    .map(value -> value)
                    .returns(Types.LONG)
                    .map(value -> value)
                    .returns(Types.LONG)
                    .filter(value -> true)
                    .map(value -> value)
                    .returns(Types.LONG)
                    .startNewChain()
                    .map(value -> value)
                    .returns(Types.LONG)
                    .name("last"));
    Task last = job.task("last");
    process(job, last, RECORDS);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    process(job, last, 2 * RECORDS);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat((double) allocated / RECORDS).isLessThan(MOST_BYTES_PER_RECORD);
  }

  private static void process(SteppedJob job, Task last, long untilRecords) {
    List<Task> tasks = job.tasks();
    while (last.load().recordsIn() < untilRecords) {
      for (int i = 0; i < tasks.size(); i++) {
        job.step(tasks.get(i));
      }
    }
  }

  /** Some numbers again and again, boxed once. */
  private static final class SameNumbers
      implements Source<Long, NumberSequenceSource.NumberSequenceSplit, List<SourceSplit>> {
    private static final long serialVersionUID = 1L;
    private static final Long[] BOXED = LongStream.range(0, 1_024).boxed().toArray(Long[]::new);

    @Override
    public Boundedness getBoundedness() {
      return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<Long, NumberSequenceSource.NumberSequenceSplit> createReader(
        SourceReaderContext context) {
      return new Reader();
    }

    @Override
    public SplitEnumerator<NumberSequenceSource.NumberSequenceSplit, List<SourceSplit>>
        createEnumerator(SplitEnumeratorContext<NumberSequenceSource.NumberSequenceSplit> context) {
      return new NoSplits();
    }

    @Override
    public SplitEnumerator<NumberSequenceSource.NumberSequenceSplit, List<SourceSplit>>
        restoreEnumerator(
            SplitEnumeratorContext<NumberSequenceSource.NumberSequenceSplit> context,
            List<SourceSplit> checkpoint) {
      return new NoSplits();
    }

    @Override
    public SimpleVersionedSerializer<NumberSequenceSource.NumberSequenceSplit>
        getSplitSerializer() {
      return new NumberSequenceSource(0, 1).getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<List<SourceSplit>> getEnumeratorCheckpointSerializer() {
      throw new AssertionError("this test takes no checkpoint");
    }

    private static final class Reader
        implements SourceReader<Long, NumberSequenceSource.NumberSequenceSplit> {
      private int next;

      @Override
      public void start() {}

      @Override
      public InputStatus pollNext(ReaderOutput<Long> output) {
        output.collect(BOXED[next++ & 1_023]);
        return InputStatus.MORE_AVAILABLE;
      }

      @Override
      public List<NumberSequenceSource.NumberSequenceSplit> snapshotState(long checkpointId) {
        return List.of();
      }

      @Override
      public CompletableFuture<Void> isAvailable() {
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public void addSplits(List<NumberSequenceSource.NumberSequenceSplit> splits) {}

      @Override
      public void notifyNoMoreSplits() {}

      @Override
      public void close() {}
    }

    private static final class NoSplits
        implements SplitEnumerator<NumberSequenceSource.NumberSequenceSplit, List<SourceSplit>> {
      @Override
      public void start() {}

      @Override
      public void handleSplitRequest(int subtask, String host) {}

      @Override
      public void addSplitsBack(
          List<NumberSequenceSource.NumberSequenceSplit> splits, int subtask) {}

      @Override
      public void addReader(int subtask) {}

      @Override
      public List<SourceSplit> snapshotState(long checkpointId) {
        return List.of();
      }

      @Override
      public void close() {}
    }
  }
}
