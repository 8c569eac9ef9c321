package io.weir.job.recovery;

import io.weir.api.environment.RestoreReport;
import io.weir.api.environment.RestoreReport.Verdict;
import io.weir.config.StateRecoveryOptions;
import io.weir.engine.RestoredState;
import io.weir.engine.StateDeclarations;
import io.weir.job.description.JobDescription;
import io.weir.job.description.JobSettings;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.snapshots.UnrecordedCheckpoints;
import io.weir.job.surroundings.CatalogException;
import io.weir.job.surroundings.JobCatalog;
import io.weir.plan.JobPlan;
import io.weir.plan.PlannedOperator;
import io.weir.plan.PlannedVertex;
import io.weir.restore.DryRun;
import io.weir.restore.FallBack;
import io.weir.restore.OperatorRestore;
import io.weir.restore.RestoreDecision;
import io.weir.restore.RestorePlan;
import io.weir.restore.RestorePlanner;
import io.weir.restore.RestorePoint;
import io.weir.restore.RestorePointSelection;
import io.weir.restore.RestoreTarget;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.OperatorId;
import io.weir.snapshot.RescaleMapping;
import io.weir.snapshot.SnapshotMetadata;
import io.weir.snapshot.SubtaskState;
import io.weir.snapshot.TaskId;
import io.weir.snapshot.VertexId;
import io.weir.storage.CheckpointStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what a job is to begin with. Reads storage and catalog, so it may block. */
public final class Restorer {

  /**
   * What was found.
   *
   * @param coordinators state of the sources' coordinators
   * @param point what is restored, or null for a fresh start
   * @param why what is restored, for what reason, and what was skipped
   * @param adopted snapshots that become the job's with that, as they will stand in the catalog
   */
  public record Restored(
      RestoredState state,
      Map<OperatorId, byte[]> coordinators,
      RestorePoint point,
      String why,
      List<CheckpointRecord> adopted) {}

  /** The job must not start. The message says why and what can be done. */
  public static final class RestoreRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RestoreRefusedException(String message) {
      super(message);
    }
  }

  private final JobDescription job;
  private final JobPlan plan;
  private final JobSettings settings;
  private final JobCatalog catalog;
  private final CheckpointStorage storage;

  public Restorer(
      JobDescription job, JobSettings settings, JobCatalog catalog, CheckpointStorage storage) {
    this.job = job;
    this.plan = job.plan();
    this.settings = settings;
    this.catalog = catalog;
    this.storage = storage;
  }

  /**
   * Chooses the newest snapshot that can be used and spreads it over the tasks.
   *
   * @param damaged snapshots that turned out to be damaged while they were restored: why, by path
   * @throws RestoreRefusedException if none can be used, or the job does not fit what there is
   */
  public Restored restore(Map<String, String> damaged)
      throws IOException, CatalogException, RestoreRefusedException {
    Choice choice = choose(damaged, List.of());
    return choice.point() == null
        ? new Restored(RestoredState.NONE, Map.of(), null, choice.why(), List.of())
        : spread(choice);
  }

  /**
   * Tells what {@link #restore}, in a process that starts the job for the first time, and the
   * opening of the tasks behind it would come to; changes nothing.
   *
   * @param declarations what the operators say of their states
   * @param openFunctions whether those are asked that say it only when they are opened
   */
  public RestoreReport dryRun(StateDeclarations declarations, boolean openFunctions)
      throws IOException, CatalogException {
    Choice choice;
    try {
      choice =
          choose(
              Map.of(),
              new UnrecordedCheckpoints(job, catalog, storage).look(storage.checkpoints()));
    } catch (RestoreRefusedException e) {
      return new RestoreReport(job.name(), null, Verdict.REFUSED, e.getMessage(), List.of());
    }
    if (choice.point() == null) {
      return new RestoreReport(job.name(), null, Verdict.STARTS, choice.why(), List.of());
    }
    return DryRun.report(
        job.name(),
        choice.point().path(),
        choice.why(),
        choice.metadata(),
        targets(),
        plan(choice),
        declarations.all(openFunctions));
  }

  /** What is to be restored: all but {@code why} is null or empty for a fresh start. */
  private record Choice(
      RestorePoint point, SnapshotMetadata metadata, String why, List<CheckpointRecord> adopted) {}

  /**
   * @param unrecorded complete checkpoints that a start would enter into the catalog first
   */
  private Choice choose(Map<String, String> damaged, List<CheckpointRecord> unrecorded)
      throws IOException, CatalogException, RestoreRefusedException {
    RestoreCandidates.Found found =
        new RestoreCandidates(job, settings, catalog, storage, damaged).find(unrecorded);
    List<RestorePoint> points = new ArrayList<>(found.points());
    while (true) {
      RestoreDecision decision = RestorePointSelection.select(points, fallBack());
      if (decision.chosen().isEmpty()) {
        if (!decision.skipped().isEmpty()) {
          throw new RestoreRefusedException(why(found, decision));
        }
        return new Choice(null, null, why(found, decision), List.of());
      }
      RestorePoint chosen = decision.chosen().get();
      try {
        return choice(chosen, why(found, decision), found.adoptedWith(chosen));
      } catch (CorruptStateException | NoSuchFileException e) {
        points.set(points.indexOf(chosen), chosen.damaged(e.getMessage()));
      }
    }
  }

  private Choice choice(RestorePoint chosen, String why, List<CheckpointRecord> adopted)
      throws IOException {
    SnapshotMetadata metadata = storage.read(chosen.path());
    OptionalLong without = settings.restoredWithoutInFlight();
    if (without.isEmpty() || without.getAsLong() != metadata.checkpointId()) {
      return new Choice(chosen, metadata, why, adopted);
    }
    return new Choice(
        chosen,
        metadata.withoutInFlight(),
        why
            + " Its records in flight are left out and lost, as "
            + StateRecoveryOptions.CHECKPOINT_ID_OF_IGNORED_IN_FLIGHT_DATA.key()
            + " asks for.",
        adopted);
  }

  private FallBack fallBack() {
    return new FallBack(
        settings.damagedCheckpoint(),
        plan.vertices().stream()
            .flatMap(vertex -> vertex.operators().stream())
            .filter(PlannedOperator::commitsOnCheckpoints)
            .map(PlannedOperator::name)
            .toList());
  }

  private static String why(RestoreCandidates.Found found, RestoreDecision decision) {
    return (found.reason() + " " + decision.sentence()).strip();
  }

  private RestorePlan plan(Choice choice) {
    return RestorePlanner.plan(choice.metadata(), targets(), settings.allowNonRestoredState());
  }

  private Restored spread(Choice choice) throws RestoreRefusedException, IOException {
    RestorePlan restore = plan(choice);
    if (restore.isRefused()) {
      throw new RestoreRefusedException(
          "Job '"
              + plan.jobName()
              + "' cannot be restored from "
              + choice.point().path()
              + ":\n"
              + restore.refusal());
    }
    Map<TaskId, Map<OperatorId, SubtaskState>> states = new HashMap<>();
    Map<OperatorId, byte[]> coordinators = new HashMap<>();
    Set<VertexId> finished = new HashSet<>();
    for (PlannedVertex vertex : plan.vertices()) {
      boolean allFinished = true;
      for (PlannedOperator operator : vertex.operators()) {
        OperatorRestore restored = restore.operators().get(operator.id());
        allFinished &= restored.finished();
        spread(vertex, operator, restored, states);
        if (restored.coordinator() != null) {
          try (InputStream in = storage.reader().open(restored.coordinator())) {
            coordinators.put(operator.id(), in.readAllBytes());
          }
        }
      }
      if (allFinished) {
        finished.add(vertex.id());
      }
    }
    return new Restored(
        new RestoredState(
            OptionalLong.of(choice.metadata().checkpointId()), states, finished, false),
        coordinators,
        choice.point(),
        choice.why() + dropped(restore),
        choice.adopted());
  }

  /** What the user has allowed to leave behind. */
  private static String dropped(RestorePlan restore) {
    return restore.problems().stream()
        .map(problem -> " " + problem.message())
        .collect(Collectors.joining());
  }

  private static void spread(
      PlannedVertex vertex,
      PlannedOperator operator,
      OperatorRestore restored,
      Map<TaskId, Map<OperatorId, SubtaskState>> states) {
    for (int subtask = 0; subtask < vertex.parallelism(); subtask++) {
      SubtaskState state = restored.subtasks().get(subtask);
      if (!state.isEmpty()) {
        states
            .computeIfAbsent(new TaskId(vertex.id(), subtask), unused -> new HashMap<>())
            .put(operator.id(), state);
      }
    }
  }

  private List<RestoreTarget.Edge> edgesInto(PlannedVertex vertex) {
    return plan.edgesInto(vertex.id()).stream()
        .map(
            edge ->
                new RestoreTarget.Edge(
                    plan.vertex(edge.source()).operators().get(edge.sourceOperator()).id(),
                    edge.supportsUnaligned() ? edge.rescaleMapping() : RescaleMapping.UNSUPPORTED))
        .toList();
  }

  private List<RestoreTarget> targets() {
    Map<OperatorId, Set<OperatorId>> inputs = OperatorInputs.of(plan);
    List<RestoreTarget> targets = new ArrayList<>();
    for (PlannedVertex vertex : plan.vertices()) {
      for (PlannedOperator operator : vertex.operators()) {
        targets.add(
            new RestoreTarget(
                operator.id(),
                vertex.id(),
                operator.uid(),
                operator.name(),
                vertex.parallelism(),
                operator.maxParallelism(),
                inputs.getOrDefault(operator.id(), Set.of()),
                operator.equals(vertex.head()) ? edgesInto(vertex) : List.of(),
                settings.readsDatabases()));
      }
    }
    return targets;
  }
}
