package io.weir.engine.operator.sink;

import io.weir.api.connector.Committer;
import io.weir.api.connector.CommitterInitContext;
import io.weir.api.connector.CommittingSinkWriter;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Sink;
import io.weir.api.connector.StatefulSinkWriter;
import io.weir.api.connector.SupportsCommitter;
import io.weir.api.connector.SupportsWriterState;
import io.weir.api.connector.WriterInitContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * A sink with two phases over a ledger in memory: a committable is the text of all records since
 * the last barrier, and the ledger takes each one once. Its writer numbers its committables, and
 * keeps the number.
 */
final class LedgerSink
    implements Sink<String>, SupportsCommitter<String>, SupportsWriterState<String, Integer> {
  private static final long serialVersionUID = 1L;

  /** What is committed, and what happened, in order. */
  static final class Ledger {
    final List<String> committed = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    Consumer<Committer.CommitRequest<String>> verdict = request -> {};
    IOException commitFailure;

    void take(Committer.CommitRequest<String> request) {
      verdict.accept(request);
    }
  }

  private final transient Ledger ledger;

  LedgerSink(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Writer createWriter(WriterInitContext context) {
    ledger.calls.add("create writer");
    return new Writer(ledger, 0);
  }

  @Override
  public Writer restoreWriter(WriterInitContext context, Collection<Integer> recoveredState) {
    ledger.calls.add("restore writer " + recoveredState);
    return new Writer(ledger, recoveredState.stream().mapToInt(Integer::intValue).max().orElse(0));
  }

  @Override
  public Committer<String> createCommitter(CommitterInitContext context) {
    return new LedgerCommitter(ledger);
  }

  @Override
  public SimpleVersionedSerializer<String> getCommittableSerializer() {
    return new Text();
  }

  @Override
  public SimpleVersionedSerializer<Integer> getWriterStateSerializer() {
    return new OneByte();
  }

  static final class Writer
      implements CommittingSinkWriter<String, String>, StatefulSinkWriter<String, Integer> {
    private final Ledger ledger;
    private final List<String> open = new ArrayList<>();
    private int number;

    Writer(Ledger ledger, int number) {
      this.ledger = ledger;
      this.number = number;
    }

    @Override
    public void write(String element, Context context) {
      open.add(element + (context.timestamp() == null ? "" : "@" + context.timestamp()));
    }

    @Override
    public void flush(boolean endOfInput) {
      ledger.calls.add(endOfInput ? "flush end" : "flush");
    }

    @Override
    public Collection<String> prepareCommit() {
      ledger.calls.add("prepare");
      if (open.isEmpty()) {
        return List.of();
      }
      String committable = ++number + ":" + String.join(",", open);
      open.clear();
      return List.of(committable);
    }

    @Override
    public List<Integer> snapshotState(long checkpointId) {
      return List.of(number);
    }

    @Override
    public void close() {
      ledger.calls.add("close writer");
    }
  }

  private record LedgerCommitter(Ledger ledger) implements Committer<String> {
    @Override
    public void commit(Collection<CommitRequest<String>> committables) throws IOException {
      if (ledger.commitFailure != null) {
        throw ledger.commitFailure;
      }
      for (CommitRequest<String> request : committables) {
        ledger.calls.add(
            "commit "
                + request.getCommittable()
                + (request.getNumberOfRetries() == 0
                    ? ""
                    : " retry " + request.getNumberOfRetries()));
        if (ledger.committed.contains(request.getCommittable())) {
          request.signalAlreadyCommitted();
        } else {
          Outcome outcome = new Outcome(request);
          ledger.take(outcome);
          if (!outcome.signalled) {
            ledger.committed.add(request.getCommittable());
          }
        }
      }
    }

    @Override
    public void close() {
      ledger.calls.add("close committer");
    }
  }

  /** Notes whether the verdict was anything else than success. */
  private static final class Outcome implements Committer.CommitRequest<String> {
    private final Committer.CommitRequest<String> request;
    private boolean signalled;

    Outcome(Committer.CommitRequest<String> request) {
      this.request = request;
    }

    @Override
    public String getCommittable() {
      return request.getCommittable();
    }

    @Override
    public int getNumberOfRetries() {
      return request.getNumberOfRetries();
    }

    @Override
    public void signalFailedWithKnownReason(Throwable t) {
      signalled = true;
      request.signalFailedWithKnownReason(t);
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable t) {
      signalled = true;
      request.signalFailedWithUnknownReason(t);
    }

    @Override
    public void retryLater() {
      signalled = true;
      request.retryLater();
    }

    @Override
    public void updateAndRetryLater(String committable) {
      signalled = true;
      request.updateAndRetryLater(committable);
    }

    @Override
    public void signalAlreadyCommitted() {
      signalled = true;
      request.signalAlreadyCommitted();
    }
  }

  private static final class Text implements SimpleVersionedSerializer<String> {
    @Override
    public int getVersion() {
      return 3;
    }

    @Override
    public byte[] serialize(String value) {
      return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String deserialize(int version, byte[] serialized) throws IOException {
      if (version != 3) {
        throw new IOException("version " + version);
      }
      return new String(serialized, StandardCharsets.UTF_8);
    }
  }

  private static final class OneByte implements SimpleVersionedSerializer<Integer> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Integer value) {
      return new byte[] {value.byteValue()};
    }

    @Override
    public Integer deserialize(int version, byte[] serialized) {
      return (int) serialized[0];
    }
  }
}
