package io.weir.testkit;

import io.weir.snapshot.CanonicalKeyedState;
import io.weir.snapshot.Compression;
import io.weir.snapshot.JobId;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyGroups;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorState;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.ScalarKind;
import io.weir.snapshot.Schema;
import io.weir.snapshot.SnapshotFormat;
import io.weir.snapshot.SnapshotKind;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateHandle;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.StructKind;
import io.weir.snapshot.SubtaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Metadata of snapshots with something of everything. */
public final class SampleSnapshots {
  public static final JobId JOB = JobId.parse("0123456789abcdef0011223344556677");
  public static final StateDescription COUNT =
      new StateDescription(
          "count",
          StateKind.VALUE,
          Map.of(
              "key",
              new Schema.Scalar(ScalarKind.STRING),
              "namespace",
              new Schema.Scalar(ScalarKind.LONG),
              "value",
              flight()));
  public static final StateDescription SPLITS =
      new StateDescription(
          "splits", StateKind.OPERATOR_LIST, Map.of("value", new Schema.Scalar(ScalarKind.STRING)));
  public static final StateDescription RULES =
      new StateDescription(
          "rules \"of\" thumb\n",
          StateKind.BROADCAST,
          Map.of("mapKey", new Schema.Scalar(ScalarKind.STRING), "value", flight()));

  private SampleSnapshots() {}

  /** A checkpoint whose files are in this directory, and in the shared one beside it. */
  public static SnapshotMetadata checkpoint(long checkpointId, String directory) {
    String above = directory.substring(0, directory.lastIndexOf('/'));
    StateHandle own =
        new StateHandle.InFile(
            directory + "/8c9e1c3e-0000-4000-8000-000000000001", 120_000, 0x80c0ffee);
    StateHandle shared =
        new StateHandle.InFile(above + "/shared/8c9e1c3e-0000-4000-8000-000000000002", 77, 1);
    StateHandle elsewhere =
        new StateHandle.InFile("file:///elsewhere/8c9e1c3e-0000-4000-8000-000000000003", 5, -1);
    SortedMap<Integer, SubtaskState> counts = new TreeMap<>();
    counts.put(0, keyed(0, own));
    counts.put(1, keyed(1, shared));
    SortedMap<Integer, SubtaskState> source = new TreeMap<>();
    source.put(1, new SubtaskState(List.of(), List.of(operatorState(elsewhere))));
    return new SnapshotMetadata(
        JOB,
        "flights & delays",
        checkpointId,
        SnapshotKind.CHECKPOINT,
        SnapshotFormat.CANONICAL,
        980_000_000_000L,
        List.of(
            new OperatorState(
                new OperatorId(1, 2),
                "source",
                "Source: flights",
                2,
                128,
                source,
                new StateHandle.Inline(new byte[] {1, 2, 3}),
                Set.of(0)),
            new OperatorState(new OperatorId(3, 4), null, "count", 2, 4, counts, null, Set.of()),
            new OperatorState(
                new OperatorId(5, 6),
                "done",
                "done",
                3,
                128,
                new TreeMap<>(),
                null,
                Set.of(2, 1, 0))));
  }

  /** A checkpoint with the keyed state of one operator. */
  public static SnapshotMetadata keyed(long checkpointId, KeyedStateHandle handle) {
    SortedMap<Integer, SubtaskState> subtasks = new TreeMap<>();
    subtasks.put(0, new SubtaskState(List.of(handle), List.of()));
    return new SnapshotMetadata(
        JOB,
        "job",
        checkpointId,
        SnapshotKind.CHECKPOINT,
        SnapshotFormat.NATIVE,
        0,
        List.of(
            new OperatorState(
                new OperatorId(1, 1), "uid", "values", 1, 16, subtasks, null, Set.of())));
  }

  /** A checkpoint that refers to these, each as the coordinator's state of an operator. */
  public static SnapshotMetadata holding(
      JobId job, long checkpointId, List<? extends StateHandle> handles) {
    List<OperatorState> operators = new ArrayList<>();
    for (StateHandle handle : handles) {
      operators.add(
          new OperatorState(
              new OperatorId(1, operators.size()),
              "uid",
              "name",
              1,
              128,
              new TreeMap<>(),
              handle,
              Set.of()));
    }
    return new SnapshotMetadata(
        job, "job", checkpointId, SnapshotKind.CHECKPOINT, SnapshotFormat.CANONICAL, 0, operators);
  }

  private static SubtaskState keyed(int subtask, StateHandle data) {
    KeyGroupRange range = KeyGroups.rangeOf(subtask, 4, 2);
    return new SubtaskState(
        List.of(
            new CanonicalKeyedState(
                range, List.of(COUNT), new long[] {0, 50}, Compression.NONE, data)),
        List.of());
  }

  private static OperatorStateHandle operatorState(StateHandle data) {
    return new OperatorStateHandle(
        List.of(
            new OperatorStateHandle.Partitioned(SPLITS, new long[] {0, 9, Integer.MAX_VALUE + 10L}),
            new OperatorStateHandle.Partitioned(RULES, new long[] {100})),
        data);
  }

  private static Schema flight() {
    return new Schema.Struct(
        "demo.Flight",
        StructKind.RECORD,
        List.of(
            new Schema.Field("carrier", true, new Schema.Scalar(ScalarKind.STRING)),
            new Schema.Field("delay", false, new Schema.Scalar(ScalarKind.INT))));
  }
}
