package io.weir.api.connector.lib;

import io.weir.api.connector.Boundedness;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Source;
import io.weir.api.connector.SourceReader;
import io.weir.api.connector.SourceReaderContext;
import io.weir.api.connector.SourceSplit;
import io.weir.api.connector.SplitEnumerator;
import io.weir.api.connector.SplitEnumeratorContext;
import io.weir.api.types.ResultTypeQueryable;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of a range. Every subtask reads a part of it in ascending order; with parallelism 1
 * all of it is in order.
 */
public final class NumberSequenceSource
    implements Source<
            Long,
            NumberSequenceSource.NumberSequenceSplit,
            List<NumberSequenceSource.NumberSequenceSplit>>,
        ResultTypeQueryable<Long> {
  private static final long serialVersionUID = 1L;

  private final long from;
  private final long to;

  /**
   * Describes the range.
   *
   * @param from first number
   * @param to last number, not less than the first
   */
  public NumberSequenceSource(long from, long to) {
    if (from > to) {
      throw new IllegalArgumentException(
          "A sequence must not end before it begins: from %d to %d".formatted(from, to));
    }
    this.from = from;
    this.to = to;
  }

  public long getFrom() {
    return from;
  }

  public long getTo() {
    return to;
  }

  @Override
  public TypeInformation<Long> getProducedType() {
    return Types.LONG;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext readerContext) {
    return new CursorSourceReader<>(readerContext, NumberCursor::new);
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, List<NumberSequenceSplit>> createEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> enumContext) {
    return new QueuedSplitEnumerator<>(enumContext, split(enumContext.currentParallelism()));
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, List<NumberSequenceSplit>> restoreEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> enumContext,
      List<NumberSequenceSplit> checkpoint) {
    return new QueuedSplitEnumerator<>(enumContext, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
    return new SplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<List<NumberSequenceSplit>> getEnumeratorCheckpointSerializer() {
    return new SplitListSerializer<>(new SplitSerializer());
  }

  /** Parts of nearly equal length; fewer when there are fewer numbers. */
  private List<NumberSequenceSplit> split(int parts) {
    List<NumberSequenceSplit> splits = new ArrayList<>();
    long start = from;
    for (int i = 0; i < parts; i++) {
      // unsigned, because the number of numbers may exceed Long.MAX_VALUE
      long distance = Long.divideUnsigned(to - start, parts - i);
      long end = start + distance;
      splits.add(new NumberSequenceSplit("split-" + i, start, end));
      if (end == to) {
        break;
      }
      start = end + 1;
    }
    return splits;
  }

  /**
   * A part of the range that is still to be read.
   *
   * @param splitId name of the part
   * @param from the next number
   * @param to the last number
   */
  public record NumberSequenceSplit(String splitId, long from, long to) implements SourceSplit {}

  private static final class NumberCursor implements SplitCursor<Long, NumberSequenceSplit> {
    private final NumberSequenceSplit split;
    private long next;
    private boolean exhausted;

    private NumberCursor(NumberSequenceSplit split) {
      this.split = split;
      this.next = split.from();
    }

    @Override
    public boolean hasNext() {
      return !exhausted;
    }

    /** Compares before it adds: the last number may be the greatest there is. */
    @Override
    public Long next() {
      long number = next;
      if (number == split.to()) {
        exhausted = true;
      } else {
        next = number + 1;
      }
      return number;
    }

    @Override
    public NumberSequenceSplit remaining() {
      return new NumberSequenceSplit(split.splitId(), next, split.to());
    }
  }

  private static final class SplitSerializer
      implements SimpleVersionedSerializer<NumberSequenceSplit> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(NumberSequenceSplit split) {
      byte[] id = split.splitId().getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(2 * Long.BYTES + id.length)
          .putLong(split.from())
          .putLong(split.to())
          .put(id)
          .array();
    }

    @Override
    public NumberSequenceSplit deserialize(int version, byte[] serialized) throws IOException {
      Versions.check("split of a number sequence", VERSION, version);
      if (serialized.length < 2 * Long.BYTES) {
        throw new IOException("A split of a number sequence is damaged: it is too short");
      }
      ByteBuffer bytes = ByteBuffer.wrap(serialized);
      long from = bytes.getLong();
      long to = bytes.getLong();
      String id = StandardCharsets.UTF_8.decode(bytes).toString();
      return new NumberSequenceSplit(id, from, to);
    }
  }
}
