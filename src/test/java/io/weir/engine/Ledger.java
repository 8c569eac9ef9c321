package io.weir.engine;

import io.weir.api.connector.Committer;
import io.weir.api.connector.CommitterInitContext;
import io.weir.api.connector.CommittingSinkWriter;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Sink;
import io.weir.api.connector.SupportsCommitter;
import io.weir.api.connector.WriterInitContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A sink with two phases: its records are in the list once they are committed. */
final class Ledger implements Sink<String>, SupportsCommitter<String> {
  private static final long serialVersionUID = 1L;
  private static final Map<String, List<String>> COMMITTED = new ConcurrentHashMap<>();

  private final String name;

  Ledger(String name) {
    this.name = name;
    COMMITTED.put(name, new ArrayList<>());
  }

  List<String> committed() {
    return COMMITTED.get(name);
  }

  @Override
  public CommittingSinkWriter<String, String> createWriter(WriterInitContext context) {
    return new Writer();
  }

  @Override
  public Committer<String> createCommitter(CommitterInitContext context) {
    return new Committer<>() {
      @Override
      public void commit(Collection<CommitRequest<String>> requests) {
        requests.forEach(request -> committed().add(request.getCommittable()));
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public SimpleVersionedSerializer<String> getCommittableSerializer() {
    return new SimpleVersionedSerializer<>() {
      @Override
      public int getVersion() {
        return 1;
      }

      @Override
      public byte[] serialize(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
      }

      @Override
      public String deserialize(int version, byte[] serialized) {
        return new String(serialized, StandardCharsets.UTF_8);
      }
    };
  }

  private static final class Writer implements CommittingSinkWriter<String, String> {
    private final List<String> open = new ArrayList<>();

    @Override
    public void write(String element, Context context) {
      open.add(element);
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public Collection<String> prepareCommit() {
      List<String> prepared = List.copyOf(open);
      open.clear();
      return prepared;
    }

    @Override
    public void close() {}
  }
}
