package io.weir.sim;

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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Writes into the {@link Ledger} with two phases. A writer may keep some records over a checkpoint
 * in its own state, instead of preparing them.
 *
 * @param batchSize fewer records than this are kept
 */
record LedgerSink(int sink, int batchSize)
    implements Sink<Event>, SupportsCommitter<Ledger.Batch>, SupportsWriterState<Event, Event> {
  private static final long serialVersionUID = 1L;
  private static final int EVENT_BYTES = Integer.BYTES + 2 * Long.BYTES;

  @Override
  public Writer createWriter(WriterInitContext context) {
    return new Writer(List.of());
  }

  @Override
  public Writer restoreWriter(WriterInitContext context, Collection<Event> recoveredState) {
    World.here().mayFail(FaultKind.RESTORE, "writer of sink " + sink);
    return new Writer(recoveredState);
  }

  @Override
  public SimpleVersionedSerializer<Event> getWriterStateSerializer() {
    return new Serialization<>(
        event -> put(ByteBuffer.allocate(EVENT_BYTES), event).array(), LedgerSink::event);
  }

  @Override
  public Committer<Ledger.Batch> createCommitter(CommitterInitContext context) {
    return new LedgerCommitter();
  }

  @Override
  public SimpleVersionedSerializer<Ledger.Batch> getCommittableSerializer() {
    return new Serialization<>(
        batch -> {
          byte[] transaction = batch.transaction().getBytes(StandardCharsets.UTF_8);
          ByteBuffer bytes =
              ByteBuffer.allocate(
                  2 * Integer.BYTES + transaction.length + EVENT_BYTES * batch.events().size());
          bytes.putInt(batch.sink()).putInt(transaction.length).put(transaction);
          batch.events().forEach(event -> put(bytes, event));
          return bytes.array();
        },
        bytes -> {
          int sinkOfBatch = bytes.getInt();
          byte[] transaction = new byte[bytes.getInt()];
          bytes.get(transaction);
          List<Event> events = new ArrayList<>();
          while (bytes.hasRemaining()) {
            events.add(event(bytes));
          }
          if (World.here().has(PlantedBug.PREPARED_FORGOTTEN)) {
            events.clear();
          }
          return new Ledger.Batch(
              sinkOfBatch, new String(transaction, StandardCharsets.UTF_8), events);
        });
  }

  private static ByteBuffer put(ByteBuffer bytes, Event event) {
    return bytes.putInt(event.key()).putLong(event.time()).putLong(event.value());
  }

  private static Event event(ByteBuffer bytes) {
    return new Event(bytes.getInt(), bytes.getLong(), bytes.getLong());
  }

  private final class Writer
      implements CommittingSinkWriter<Event, Ledger.Batch>, StatefulSinkWriter<Event, Event> {
    private final List<Event> written = new ArrayList<>();
    private boolean inputEnded;

    Writer(Collection<Event> recovered) {
      written.addAll(recovered);
    }

    @Override
    public void write(Event element, Context context) {
      World.here().mayFail(FaultKind.PROCESS, "writer of sink " + sink);
      written.add(element);
    }

    @Override
    public void flush(boolean endOfInput) {
      inputEnded = endOfInput;
    }

    @Override
    public Collection<Ledger.Batch> prepareCommit() {
      World world = World.here();
      world.mayFail(FaultKind.SNAPSHOT, "writer of sink " + sink);
      if (written.isEmpty() || (written.size() < batchSize && !inputEnded)) {
        return List.of();
      }
      Ledger.Batch batch = new Ledger.Batch(sink, world.name().toString(), written);
      written.clear();
      if (world.has(PlantedBug.COMMIT_BEFORE_COMPLETION)) {
        world.refuseIfCrashed();
        world.ledger().commit(batch, false);
      }
      return List.of(batch);
    }

    @Override
    public List<Event> snapshotState(long checkpointId) {
      return List.copyOf(written);
    }

    @Override
    public void close() {}
  }

  private final class LedgerCommitter implements Committer<Ledger.Batch> {
    @Override
    public void commit(Collection<CommitRequest<Ledger.Batch>> committables) throws IOException {
      World world = World.here();
      for (CommitRequest<Ledger.Batch> request : committables) {
        String where = "committer of sink " + sink;
        if (world.happens(FaultKind.COMMIT_BEFORE, where)) {
          throw new IOException("injected fault: nothing committed");
        }
        if (world.happens(FaultKind.COMMIT_RETRY, where)) {
          request.retryLater();
          continue;
        }
        world.refuseIfCrashed();
        Ledger.Batch batch = request.getCommittable();
        if (world.ledger().commit(batch, world.has(PlantedBug.COMMIT_TWICE))) {
          world.log().line("sink " + sink + " commits " + batch.events().size() + " records");
        } else {
          request.signalAlreadyCommitted();
        }
        if (world.happens(FaultKind.COMMIT_AFTER, where)) {
          throw new IOException("injected fault: committed all the same");
        }
      }
    }

    @Override
    public void close() {}
  }
}
