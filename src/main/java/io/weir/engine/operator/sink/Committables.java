package io.weir.engine.operator.sink;

import io.weir.api.connector.Committer;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.SupportsCommitter;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.engine.operator.OperatorContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a sink's writer has prepared and its committer has not yet committed, by the checkpoint
 * whose completion allows it. It is part of the state of that checkpoint and of all later ones
 * until it is committed.
 *
 * @param <C> what is committed
 */
final class Committables<C> {
  private static final ListStateDescriptor<StoredValue> DESCRIPTOR =
      new ListStateDescriptor<>("committables", StoredValue.class);

  private final SupportsCommitter<C> sink;
  private final int maxRetries;
  private final NavigableMap<Long, List<C>> byCheckpoint = new TreeMap<>();

  /** What was prepared at the end of the input: it belongs to the next checkpoint. */
  private final List<C> prepared = new ArrayList<>();

  private SimpleVersionedSerializer<C> serializer;
  private ListState<StoredValue> state;
  private CommitMetrics metrics;
  private Committer<C> committer;
  private CommitAttempts<C> attempts;

  Committables(SupportsCommitter<C> sink, int maxRetries) {
    this.sink = sink;
    this.maxRetries = maxRetries;
  }

  void initialize(OperatorContext context) throws Exception {
    serializer = sink.getCommittableSerializer();
    state = context.operatorState().getListState(DESCRIPTOR);
    metrics = new CommitMetrics(context.metrics());
    for (StoredValue stored : state.get()) {
      ofCheckpoint(stored.checkpointId()).add(stored.read(serializer));
    }
  }

  /** Commits what was restored: the checkpoint that held it is complete. */
  void open(OperatorContext context, SinkContext sinkContext)
      throws IOException, InterruptedException {
    committer = sink.createCommitter(sinkContext);
    attempts = new CommitAttempts<>(context.operatorName(), committer, maxRetries, metrics);
    commitUpTo(Long.MAX_VALUE);
  }

  /** Takes what the writer has prepared. */
  void prepare(Collection<C> committables) {
    metrics.prepared(committables.size());
    prepared.addAll(committables);
  }

  /** Makes all that was prepared wait for this checkpoint. */
  void assign(long checkpointId) {
    if (!prepared.isEmpty()) {
      ofCheckpoint(checkpointId).addAll(prepared);
      prepared.clear();
    }
  }

  void snapshot() throws Exception {
    List<StoredValue> stored = new ArrayList<>();
    for (var entry : byCheckpoint.entrySet()) {
      for (C committable : entry.getValue()) {
        stored.add(StoredValue.of(entry.getKey(), committable, serializer));
      }
    }
    state.update(stored);
  }

  /** Commits what waits for this checkpoint or an older one, oldest first. */
  void commitUpTo(long checkpointId) throws IOException, InterruptedException {
    NavigableMap<Long, List<C>> due = byCheckpoint.headMap(checkpointId, true);
    while (!due.isEmpty()) {
      var oldest = due.firstEntry();
      attempts.commit(oldest.getKey(), oldest.getValue());
      due.remove(oldest.getKey());
    }
  }

  /** Commits everything at once: there are no checkpoints to wait for. */
  void commitAll() throws IOException, InterruptedException {
    assign(Long.MAX_VALUE);
    commitUpTo(Long.MAX_VALUE);
  }

  boolean isEmpty() {
    return prepared.isEmpty() && byCheckpoint.isEmpty();
  }

  void close() throws Exception {
    if (committer != null) {
      committer.close();
    }
  }

  private List<C> ofCheckpoint(long checkpointId) {
    return byCheckpoint.computeIfAbsent(checkpointId, id -> new ArrayList<>());
  }
}
