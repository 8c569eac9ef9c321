package io.weir.api.connector.lib;

import io.weir.api.connector.Boundedness;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Source;
import io.weir.api.connector.SourceReader;
import io.weir.api.connector.SourceReaderContext;
import io.weir.api.connector.SourceSplit;
import io.weir.api.connector.SplitEnumerator;
import io.weir.api.connector.SplitEnumeratorContext;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The values of a collection, in their order. They are part of the job, so they should be few.
 *
 * @param <T> type of the values
 */
public final class CollectionSource<T>
    implements Source<T, CollectionSource.CollectionSplit, List<CollectionSource.CollectionSplit>> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<T> values;

  /**
   * Copies the collection.
   *
   * @param values the values, each serializable and not null
   */
  public CollectionSource(Collection<? extends T> values) {
    this.values = new ArrayList<>(values);
    for (int i = 0; i < this.values.size(); i++) {
      check(this.values.get(i), i);
    }
  }

  private static void check(Object value, int index) {
    Objects.requireNonNull(value, () -> "Value " + index + " of the collection is null");
    if (!(value instanceof Serializable)) {
      throw new IllegalArgumentException(
          "Value "
              + index
              + " of the collection cannot be part of a job, since its "
              + value.getClass()
              + " is not Serializable. Make it so, or write a Source that creates the values.");
    }
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<T, CollectionSplit> createReader(SourceReaderContext readerContext) {
    return new CursorSourceReader<>(readerContext, split -> new ValueCursor<>(values, split));
  }

  @Override
  public SplitEnumerator<CollectionSplit, List<CollectionSplit>> createEnumerator(
      SplitEnumeratorContext<CollectionSplit> enumContext) {
    return new QueuedSplitEnumerator<>(enumContext, List.of(new CollectionSplit(0)));
  }

  @Override
  public SplitEnumerator<CollectionSplit, List<CollectionSplit>> restoreEnumerator(
      SplitEnumeratorContext<CollectionSplit> enumContext, List<CollectionSplit> checkpoint) {
    return new QueuedSplitEnumerator<>(enumContext, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<CollectionSplit> getSplitSerializer() {
    return new SplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<List<CollectionSplit>> getEnumeratorCheckpointSerializer() {
    return new SplitListSerializer<>(new SplitSerializer());
  }

  /**
   * The one split: the collection from a position on.
   *
   * @param position index of the next value
   */
  public record CollectionSplit(int position) implements SourceSplit {
    @Override
    public String splitId() {
      return "collection";
    }
  }

  private static final class ValueCursor<T> implements SplitCursor<T, CollectionSplit> {
    private final List<T> values;
    private int position;

    private ValueCursor(List<T> values, CollectionSplit split) {
      this.values = values;
      this.position = split.position();
    }

    @Override
    public boolean hasNext() {
      return position < values.size();
    }

    @Override
    public T next() {
      return values.get(position++);
    }

    @Override
    public CollectionSplit remaining() {
      return new CollectionSplit(position);
    }
  }

  private static final class SplitSerializer implements SimpleVersionedSerializer<CollectionSplit> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(CollectionSplit split) {
      return ByteBuffer.allocate(Integer.BYTES).putInt(split.position()).array();
    }

    @Override
    public CollectionSplit deserialize(int version, byte[] serialized) throws IOException {
      Versions.check("split of a collection", VERSION, version);
      if (serialized.length != Integer.BYTES) {
        throw new IOException(
            "A split of a collection is damaged: %d bytes".formatted(serialized.length));
      }
      return new CollectionSplit(ByteBuffer.wrap(serialized).getInt());
    }
  }
}
