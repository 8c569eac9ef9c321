package io.weir.engine;

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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A source that a test feeds by hand, each subtask from a list of its own. Readers keep their
 * position in that list; so what was given may be read again after a restore.
 */
final class Feed<T> implements Source<T, Feed.Position, Set<Integer>> {
  private static final long serialVersionUID = 1L;

  /** What has been given, by name and subtask; null ends the list. */
  private static final Map<String, List<Object>> GIVEN = new ConcurrentHashMap<>();

  private static final Map<String, CompletableFuture<Void>> AVAILABLE = new ConcurrentHashMap<>();
  private static final Object END = new Object();

  private final String name;
  private boolean hesitating;
  private boolean eager;

  /** A source with its own, empty lists. */
  Feed(String name) {
    this.name = name;
    for (int subtask = 0; subtask < 16; subtask++) {
      GIVEN.put(key(subtask), new ArrayList<>());
      AVAILABLE.put(key(subtask), new CompletableFuture<>());
    }
  }

  /** A record, with its timestamp if it is to have one. */
  private record Given(Object value, Long timestamp) {}

  /**
   * Makes each reader say once that it has nothing, while what it waits for arrives in that moment.
   */
  Feed<T> hesitating() {
    hesitating = true;
    return this;
  }

  /** Makes the enumerator hand the list of subtask 0 out before its reader has registered. */
  Feed<T> eager() {
    eager = true;
    return this;
  }

  private String key(int subtask) {
    return name + "/" + subtask;
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the values are only read
  final void give(int subtask, T... values) {
    for (T value : values) {
      add(subtask, new Given(value, null));
    }
  }

  void giveAt(int subtask, T value, long timestamp) {
    add(subtask, new Given(value, timestamp));
  }

  void end(int subtask) {
    add(subtask, END);
  }

  private void add(int subtask, Object item) {
    GIVEN.get(key(subtask)).add(item);
    AVAILABLE.put(key(subtask), new CompletableFuture<>()).complete(null);
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<T, Position> createReader(SourceReaderContext context) {
    return new Reader();
  }

  @Override
  public SplitEnumerator<Position, Set<Integer>> createEnumerator(
      SplitEnumeratorContext<Position> context) {
    return new Enumerator(context, new TreeSet<>());
  }

  @Override
  public SplitEnumerator<Position, Set<Integer>> restoreEnumerator(
      SplitEnumeratorContext<Position> context, Set<Integer> assigned) {
    return new Enumerator(context, new TreeSet<>(assigned));
  }

  @Override
  public SimpleVersionedSerializer<Position> getSplitSerializer() {
    return new Bytes<>() {
      @Override
      public byte[] serialize(Position position) {
        return ByteBuffer.allocate(8).putInt(position.list).putInt(position.next).array();
      }

      @Override
      public Position deserialize(int version, byte[] serialized) {
        ByteBuffer buffer = ByteBuffer.wrap(serialized);
        return new Position(buffer.getInt(), buffer.getInt());
      }
    };
  }

  @Override
  public SimpleVersionedSerializer<Set<Integer>> getEnumeratorCheckpointSerializer() {
    return new Bytes<>() {
      @Override
      public byte[] serialize(Set<Integer> assigned) {
        ByteBuffer buffer = ByteBuffer.allocate(assigned.size());
        assigned.forEach(each -> buffer.put(each.byteValue()));
        return buffer.array();
      }

      @Override
      public Set<Integer> deserialize(int version, byte[] serialized) {
        Set<Integer> assigned = new TreeSet<>();
        for (byte each : serialized) {
          assigned.add((int) each);
        }
        return assigned;
      }
    };
  }

  private abstract static class Bytes<E> implements SimpleVersionedSerializer<E> {
    @Override
    public int getVersion() {
      return 1;
    }
  }

  /** How far a list has been read. */
  record Position(int list, int next) implements SourceSplit {
    @Override
    public String splitId() {
      return "list-" + list;
    }
  }

  private final class Enumerator implements SplitEnumerator<Position, Set<Integer>> {
    private final SplitEnumeratorContext<Position> context;
    private final Set<Integer> assigned;

    Enumerator(SplitEnumeratorContext<Position> context, Set<Integer> assigned) {
      this.context = context;
      this.assigned = assigned;
    }

    @Override
    public void start() {
      if (eager) {
        addReader(0);
      }
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void addSplitsBack(List<Position> splits, int subtask) {}

    @Override
    public void addReader(int subtask) {
      if (assigned.add(subtask)) {
        context.assignSplit(new Position(subtask, 0), subtask);
      }
    }

    @Override
    public Set<Integer> snapshotState(long checkpointId) {
      return new TreeSet<>(assigned);
    }

    @Override
    public void close() {}
  }

  private final class Reader implements SourceReader<T, Position> {
    private boolean hesitates = hesitating;
    private int list = -1;
    private int next;

    @Override
    public void start() {}

    @Override
    @SuppressWarnings("unchecked")
    public InputStatus pollNext(ReaderOutput<T> output) {
      if (list < 0 || next == GIVEN.get(key(list)).size()) {
        return InputStatus.NOTHING_AVAILABLE;
      }
      if (hesitates) {
        hesitates = false;
        return InputStatus.NOTHING_AVAILABLE;
      }
      Object item = GIVEN.get(key(list)).get(next);
      if (item == END) {
        return InputStatus.END_OF_INPUT;
      }
      next++;
      Given given = (Given) item;
      if (given.timestamp == null) {
        output.collect((T) given.value);
      } else {
        output.collect((T) given.value, given.timestamp);
      }
      return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public List<Position> snapshotState(long checkpointId) {
      return list < 0 ? List.of() : List.of(new Position(list, next));
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      if (list < 0) {
        return new CompletableFuture<>();
      }
      return next < GIVEN.get(key(list)).size()
          ? CompletableFuture.completedFuture(null)
          : AVAILABLE.get(key(list));
    }

    @Override
    public void addSplits(List<Position> splits) {
      list = splits.get(0).list;
      next = splits.get(0).next;
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }
}
