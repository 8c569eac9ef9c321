package io.weir.restore;

import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.ChannelStateHandle;
import io.weir.snapshot.Compression;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.OperatorStateHandle.Partitioned;
import io.weir.snapshot.RescaleMapping;
import io.weir.snapshot.ScalarKind;
import io.weir.snapshot.Schema;
import io.weir.snapshot.SnapshotFormat;
import io.weir.snapshot.SnapshotKind;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.SubtaskState;
import io.weir.snapshot.VertexId;
import io.weir.testkit.SampleSnapshots;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Snapshots and jobs for tests of restoring. */
final class RestoreFixtures {
  static final OperatorId COUNT = new OperatorId(0, 1);
  static final OperatorId SOURCE = new OperatorId(0, 2);
  static final int MAX_PARALLELISM = 128;

  private RestoreFixtures() {}

  static SnapshotMetadata snapshot(OperatorState... operators) {
    return new SnapshotMetadata(
        SampleSnapshots.JOB,
        "job",
        41,
        SnapshotKind.CHECKPOINT,
        SnapshotFormat.CANONICAL,
        1_000,
        List.of(operators));
  }

  static RestoreTarget target(
      OperatorId id, int parallelism, int maxParallelism, OperatorId... inputs) {
    return new RestoreTarget(
        id,
        new VertexId(7, id.lower()),
        "uid-" + id.lower(),
        "name-" + id.lower(),
        parallelism,
        maxParallelism,
        Set.of(inputs),
        List.of(),
        /* readsDatabases= */ false);
  }

  /** With one edge, from {@link #SOURCE}. */
  static RestoreTarget target(
      OperatorId id, int parallelism, int maxParallelism, RescaleMapping mapping) {
    RestoreTarget plain = target(id, parallelism, maxParallelism);
    return new RestoreTarget(
        plain.id(),
        plain.vertex(),
        plain.uid(),
        plain.name(),
        plain.parallelism(),
        plain.maxParallelism(),
        plain.inputs(),
        List.of(new RestoreTarget.Edge(SOURCE, mapping)),
        plain.readsDatabases());
  }

  /** An operator that had a record in flight to every subtask, over the edge from the source. */
  static OperatorState inFlight(int parallelism, int maxParallelism, RescaleMapping mapping) {
    TreeMap<Integer, SubtaskState> subtasks = new TreeMap<>();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      ChannelStateHandle.Segment segment =
          new ChannelStateHandle.Segment(
              0, SOURCE, subtask, mapping, state("records", StateKind.IN_FLIGHT), 1, 0, 10, 0);
      StateHandle data = new StateHandle.InFile("file:///x/" + subtask, 10, 0);
      subtasks.put(
          subtask,
          new SubtaskState(
              List.of(),
              List.of(),
              List.of(new ChannelStateHandle(parallelism, List.of(segment), data))));
    }
    return new OperatorState(
        COUNT,
        "uid-" + COUNT.lower(),
        "name-" + COUNT.lower(),
        parallelism,
        maxParallelism,
        subtasks,
        null,
        Set.of());
  }

  /** An operator with keyed state in every subtask. */
  static OperatorState keyed(int parallelism, int maxParallelism) {
    TreeMap<Integer, SubtaskState> subtasks = new TreeMap<>();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      KeyGroupRange range = KeyGroups.rangeOf(subtask, maxParallelism, parallelism);
      StateHandle data = new StateHandle.InFile("file:///x/" + subtask, 1_000, subtask);
      subtasks.put(
          subtask,
          new SubtaskState(
              List.of(
                  new CanonicalKeyedState(
                      range,
                      List.of(state("count", StateKind.VALUE)),
                      new long[range.size()],
                      Compression.NONE,
                      data)),
              List.of()));
    }
    return operator(COUNT, parallelism, maxParallelism, subtasks, Set.of());
  }

  /**
   * An operator with operator state; each subtask has {@code subtask + extra} elements of each
   * list, at offsets that are unique over all.
   */
  static OperatorState lists(int parallelism, int extra, StateDescription... states) {
    TreeMap<Integer, SubtaskState> subtasks = new TreeMap<>();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      int own = subtask;
      List<Partitioned> parts =
          java.util.Arrays.stream(states)
              .map(state -> new Partitioned(state, offsets(own, own + extra)))
              .toList();
      StateHandle data = new StateHandle.InFile("file:///x/" + subtask, 1_000_000, subtask);
      subtasks.put(
          subtask, new SubtaskState(List.of(), List.of(new OperatorStateHandle(parts, data))));
    }
    return operator(SOURCE, parallelism, MAX_PARALLELISM, subtasks, Set.of());
  }

  static OperatorState finished(OperatorId id, int parallelism, Set<Integer> finished) {
    return operator(id, parallelism, MAX_PARALLELISM, new TreeMap<>(), finished);
  }

  static OperatorState operator(
      OperatorId id,
      int parallelism,
      int maxParallelism,
      SortedMap<Integer, SubtaskState> subtasks,
      Set<Integer> finished) {
    return new OperatorState(
        id,
        "uid-" + id.lower(),
        "name-" + id.lower(),
        parallelism,
        maxParallelism,
        subtasks,
        null,
        finished);
  }

  static StateDescription state(String name, StateKind kind) {
    return new StateDescription(name, kind, Map.of("value", new Schema.Scalar(ScalarKind.LONG)));
  }

  private static long[] offsets(int subtask, int count) {
    long[] offsets = new long[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = 1_000L * subtask + i;
    }
    return offsets;
  }
}
