package io.weir.checkpoint.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.checkpoint.explain.Activity.Doing;
import io.weir.checkpoint.explain.CheckpointTrace.Outcome;
import io.weir.snapshot.TaskId;
import io.weir.snapshot.VertexId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Jobs of a source, a window and a sink; checkpoint 7 is triggered at 1 000. */
class CriticalPathTest {
  private static final TaskId SOURCE_1 = new TaskId(new VertexId(0, 1), 0);
  private static final TaskId SOURCE_2 = new TaskId(new VertexId(0, 1), 1);
  private static final TaskId WINDOW = new TaskId(new VertexId(0, 2), 0);
  private static final TaskId SINK = new TaskId(new VertexId(0, 3), 0);

  private final List<SubtaskTrace> subtasks = new ArrayList<>();
  private long told = 1_000;
  private Decline decline;

  @Test
  void aCheckpointWithoutSubtasksSaysSo() {
    assertThat(explain(Outcome.COMPLETED, 1_001).sentence())
        .isEqualTo("Checkpoint 7 took 1 ms: no task took part, all had finished.");
  }

  @Nested
  class Completed {
    @Test
    void slowStorageIsTheAsynchronousPartOfTheSubtaskThatWasLast() {
      subtask(SOURCE_1, "source (1/1)").started(1_001).done(1_010);
      subtask(WINDOW, "window (1/1)").behind(SOURCE_1, 3).started(1_005).writes(9_000).done(9_001);

      assertThat(explain(Outcome.COMPLETED, 9_010))
          .isEqualTo(
              new Explanation(
                  Optional.of(WINDOW),
                  Phase.ASYNC,
                  "Checkpoint 7 took 8.0 s: 8.0 s of it for writing 4096 bytes of state "
                      + "of window (1/1)."));
    }

    @Test
    void aSlowSynchronousPartIsTold() {
      subtask(SOURCE_1, "source (1/1)").started(1_001).done(1_010);
      subtask(WINDOW, "window (1/1)").behind(SOURCE_1, 3).started(1_005).sync(1_600).done(1_700);

      assertThat(explain(Outcome.COMPLETED, 1_701).sentence())
          .isEqualTo(
              "Checkpoint 7 took 701 ms: 595 ms of it in the synchronous part of the "
                  + "snapshot of window (1/1).");
    }

    @Test
    void aSlowCatalogIsTheCoordinatorsOwnPart() {
      subtask(SOURCE_1, "source (1/1)").started(1_001).done(1_010);

      assertThat(explain(Outcome.COMPLETED, 3_010))
          .isEqualTo(
              new Explanation(
                  Optional.empty(),
                  Phase.COORDINATION,
                  "Checkpoint 7 took 2.0 s: 2.0 s of it after the last acknowledgement, "
                      + "for its metadata and for the catalog."));
    }

    @Test
    void aCatalogThatNotesTheStartLateIsTheCoordinatorsOwnPart() {
      told = 3_000;
      subtask(SOURCE_1, "source (1/1)").started(3_001).done(3_010);

      assertThat(explain(Outcome.COMPLETED, 3_020))
          .isEqualTo(
              new Explanation(
                  Optional.empty(),
                  Phase.COORDINATION,
                  "Checkpoint 7 took 2.0 s: 2.0 s of it until the catalog had noted its start "
                      + "and the tasks could be told of it."));
    }

    @Test
    void anUnalignedCheckpointMayWaitForTheAnnouncementOfOneChannel() {
      subtask(SOURCE_1, "source (1/2)").started(1_001).done(1_010);
      subtask(SOURCE_2, "source (2/2)").started(1_900).done(1_910);
      subtask(WINDOW, "window (1/1)")
          .behind(SOURCE_1, 31)
          .started(1_002)
          .sync(1_003)
          .captured(5_000)
          .done(5_010);

      assertThat(explain(Outcome.COMPLETED, 5_011))
          .isEqualTo(
              new Explanation(
                  Optional.of(WINDOW),
                  Phase.CAPTURE,
                  "Checkpoint 7 took 4.0 s: 4.0 s of it while window (1/1) waited for its last "
                      + "barrier, the one from source (1/2), behind 31 batches of records."));
    }

    @Test
    void aSkewedChannelIsTheOneOnWhichTheBarrierCameLast() {
      subtask(SOURCE_1, "source (1/2)").started(1_001).done(1_010);
      subtask(SOURCE_2, "source (2/2)").started(1_001).done(1_010);
      subtask(WINDOW, "window (1/1)")
          .behind(SOURCE_2, 31)
          .started(1_005)
          .aligned(6_000)
          .done(6_100);

      assertThat(explain(Outcome.COMPLETED, 6_101))
          .isEqualTo(
              new Explanation(
                  Optional.of(WINDOW),
                  Phase.ALIGNMENT,
                  "Checkpoint 7 took 5.1 s: 5.0 s of it while window (1/1) waited for "
                      + "its last barrier, the one from source (2/2), behind 31 batches of "
                      + "records."));
    }

    @Test
    void aBurstOfTimersIsToldWithItsShare() {
      subtask(SOURCE_1, "source (1/1)").started(1_001).done(1_010);
      subtask(WINDOW, "window (1/1)")
          .behind(SOURCE_1, 2)
          .started(5_000)
          .spent(new TimeSpent(3_600, 0, 4_000))
          .done(5_010);

      assertThat(explain(Outcome.COMPLETED, 5_011).sentence())
          .isEqualTo(
              "Checkpoint 7 took 4.0 s: 4.0 s of it until the barrier reached window "
                  + "(1/1), behind 2 batches of records; it was firing timers for 90 % of that "
                  + "time.");
    }

    @Test
    void aSourceThatIsLateIsTheCauseOfEveryWaitBehindIt() {
      subtask(SOURCE_1, "source (1/1)").started(4_000).done(4_010);
      subtask(WINDOW, "window (1/1)").behind(SOURCE_1, 0).started(4_001).done(4_020);
      subtask(SINK, "sink (1/1)").behind(WINDOW, 0).started(4_002).done(4_030);

      assertThat(explain(Outcome.COMPLETED, 4_031))
          .isEqualTo(
              new Explanation(
                  Optional.of(SOURCE_1),
                  Phase.TRIGGER,
                  "Checkpoint 7 took 3.0 s: 3.0 s of it until source (1/1) took the trigger up."));
    }

    @Test
    void aSlowSinkIsToBlameForTheWaitInFrontOfTheTaskThatItHoldsUp() {
      subtask(SOURCE_1, "source (1/1)").started(1_001).done(1_010);
      subtask(WINDOW, "window (1/1)")
          .behind(SOURCE_1, 32)
          .started(9_000)
          .spent(new TimeSpent(0, 7_900, 8_000))
          .done(9_010);
      subtask(SINK, "sink (1/1)").behind(WINDOW, 16).started(12_000).done(12_010);

      Explanation explanation = explain(Outcome.COMPLETED, 12_020);

      assertThat(explanation.culprit()).contains(SINK);
      assertThat(explanation.sentence())
          .isEqualTo(
              "Checkpoint 7 took 11.0 s: 8.0 s of it until the barrier reached window "
                  + "(1/1), behind 32 batches of records, which was back-pressured by sink "
                  + "(1/1).");
    }
  }

  @Nested
  class LastIsHeldUp {
    @Test
    void whoIsLastMayHaveBeenBackPressuredByOneThatAcknowledgedBefore() {
      subtask(SOURCE_1, "source (1/1)").started(1_001).done(1_010);
      Builder window =
          subtask(WINDOW, "window (1/1)")
              .behind(SOURCE_1, 32)
              .started(9_000)
              .spent(new TimeSpent(0, 7_900, 8_000));
      window.doing(new Activity(Doing.IDLE, Optional.of(SINK)));
      window.done(9_300);
      subtask(SINK, "sink (1/1)").behind(WINDOW, 16).started(9_100).done(9_110);

      Explanation explanation = explain(Outcome.COMPLETED, 9_310);

      assertThat(explanation.culprit()).contains(SINK);
      assertThat(explanation.sentence()).endsWith("which was back-pressured by sink (1/1).");
    }
  }

  @Nested
  class NotCompleted {
    @Test
    void aBlockedSourceIsNamedWithItsReader() {
      subtask(SOURCE_1, "source (1/2)").doing(Activity.of(Doing.READING));
      subtask(SOURCE_2, "source (2/2)").started(1_001).done(1_010);
      subtask(WINDOW, "window (1/1)").behind(SOURCE_1, 0).started(1_005);

      assertThat(explain(Outcome.EXPIRED, 61_000))
          .isEqualTo(
              new Explanation(
                  Optional.of(SOURCE_1),
                  Phase.TRIGGER,
                  "Checkpoint 7 expired after 60.0 s: source (1/2) did not take the "
                      + "trigger up; it was inside its source's reader."));
    }

    @Test
    void aBurstOfTimersIsNamed() {
      subtask(SOURCE_1, "source (1/1)").started(1_001).done(1_010);
      subtask(WINDOW, "window (1/1)").behind(SOURCE_1, 2).doing(Activity.of(Doing.FIRING_TIMERS));
      subtask(SINK, "sink (1/1)").behind(WINDOW, 0);

      assertThat(explain(Outcome.EXPIRED, 61_000))
          .isEqualTo(
              new Explanation(
                  Optional.of(WINDOW),
                  Phase.START_DELAY,
                  "Checkpoint 7 expired after 60.0 s: the barrier from source (1/1) did "
                      + "not reach window (1/1), behind 2 batches of records; it was firing "
                      + "timers."));
    }

    @Test
    void aSlowSinkIsFoundAtTheEndOfARowOfBackPressuredTasks() {
      subtask(SOURCE_1, "source (1/1)").started(1_001).done(1_010);
      subtask(WINDOW, "window (1/1)")
          .behind(SOURCE_1, 2)
          .doing(new Activity(Doing.BACK_PRESSURED, Optional.of(SINK)));
      subtask(SINK, "sink (1/1)").behind(WINDOW, 16).doing(Activity.of(Doing.PROCESSING));

      assertThat(explain(Outcome.EXPIRED, 61_000))
          .isEqualTo(
              new Explanation(
                  Optional.of(SINK),
                  Phase.START_DELAY,
                  "Checkpoint 7 expired after 60.0 s: the barrier from source (1/1) did "
                      + "not reach window (1/1), behind 2 batches of records; it was "
                      + "back-pressured by sink (1/1), which was processing records."));
    }

    @Test
    void aSkewedChannelIsTheOneThatIsMissing() {
      subtask(SOURCE_1, "source (1/2)").started(1_001).done(1_010);
      subtask(SOURCE_2, "source (2/2)").started(1_001).done(1_010);
      subtask(WINDOW, "window (1/1)")
          .behind(SOURCE_2, 31)
          .started(1_005)
          .doing(Activity.of(Doing.PROCESSING));

      assertThat(explain(Outcome.EXPIRED, 61_000).sentence())
          .isEqualTo(
              "Checkpoint 7 expired after 60.0 s: window (1/1) still waited for the "
                  + "barrier from source (2/2), behind 31 batches of records; it was "
                  + "processing records.");
    }

    @Test
    void slowStorageIsASnapshotThatIsNotWritten() {
      subtask(SOURCE_1, "source (1/1)").started(1_001).captured(1_002);
      subtask(WINDOW, "window (1/1)").behind(SOURCE_1, 0);

      assertThat(explain(Outcome.OVERTAKEN, 61_000))
          .isEqualTo(
              new Explanation(
                  Optional.of(SOURCE_1),
                  Phase.ASYNC,
                  "Checkpoint 7 was overtaken after 60.0 s: source (1/1) did not end the "
                      + "writing of its state."));
    }

    @Test
    void aTaskThatIsBackPressuredMostOfTheTimeIsHeldUpWhateverItDoesAtTheMoment() {
      subtask(SOURCE_1, "source (1/1)").started(1_001).done(1_010);
      subtask(WINDOW, "window (1/1)")
          .behind(SOURCE_1, 2)
          .spent(new TimeSpent(0, 59_000, 60_000))
          .doing(new Activity(Doing.PROCESSING, Optional.of(SINK)));
      subtask(SINK, "sink (1/1)").behind(WINDOW, 16).doing(Activity.of(Doing.PROCESSING));

      assertThat(explain(Outcome.EXPIRED, 61_000).culprit()).contains(SINK);
    }

    @Test
    void aBlockedSourceIsFoundBehindATaskThatHasTakenItsSnapshotWithoutIt() {
      subtask(SOURCE_1, "source (1/2)").doing(Activity.of(Doing.READING));
      subtask(SOURCE_2, "source (2/2)").started(1_001).done(1_010);
      subtask(WINDOW, "window (1/1)").behind(SOURCE_1, 0).started(1_005).sync(1_006);

      Explanation explanation = explain(Outcome.EXPIRED, 61_000);

      assertThat(explanation.culprit()).contains(SOURCE_1);
      assertThat(explanation.phase()).isEqualTo(Phase.TRIGGER);
    }

    @Test
    void aCatalogThatDoesNotNoteTheStartIsNoTasksFault() {
      told = -1;
      subtask(SOURCE_1, "source (1/1)").doing(Activity.of(Doing.PROCESSING));

      assertThat(explain(Outcome.EXPIRED, 61_000))
          .isEqualTo(
              new Explanation(
                  Optional.empty(),
                  Phase.COORDINATION,
                  "Checkpoint 7 expired after 60.0 s: no task had been told of it, because the "
                      + "catalog had not noted its start."));
    }

    @Test
    void whoDeclinesIsNamedWithItsReason() {
      decline = new Decline(WINDOW, "could not write its state: disk full");
      subtask(SOURCE_1, "source (1/1)").started(1_001).done(1_010);
      subtask(WINDOW, "window (1/1)").behind(SOURCE_1, 0).started(1_005).captured(1_006);

      assertThat(explain(Outcome.FAILED, 1_500))
          .isEqualTo(
              new Explanation(
                  Optional.of(WINDOW),
                  Phase.ASYNC,
                  "Checkpoint 7 was given up after 500 ms: window (1/1) could not write its "
                      + "state: disk full"));
    }

    @Test
    void aReasonThatIsNoTasksIsTold() {
      subtask(SOURCE_1, "source (1/1)").started(1_001).done(1_010);
      subtask(WINDOW, "window (1/1)").behind(SOURCE_1, 0);

      assertThat(explain(Outcome.FAILED, 1_500))
          .isEqualTo(
              new Explanation(
                  Optional.empty(),
                  Phase.COORDINATION,
                  "Checkpoint 7 was given up after 500 ms: The job failed."));
    }

    @Test
    void aSnapshotThatHangsInItsSynchronousPartIsTold() {
      subtask(SOURCE_1, "source (1/1)").started(1_001).aligned(1_002);

      assertThat(explain(Outcome.EXPIRED, 61_000).phase()).isEqualTo(Phase.SYNC);
    }

    @Test
    void aLostAcknowledgementIsOneThatTheTaskHasSent() {
      subtask(SOURCE_1, "source (1/1)").started(1_001).done(1_010);
      subtask(WINDOW, "window (1/1)").behind(SOURCE_1, 0).started(1_005).writes(1_500);

      assertThat(explain(Outcome.EXPIRED, 61_000))
          .isEqualTo(
              new Explanation(
                  Optional.of(WINDOW),
                  Phase.ACKNOWLEDGEMENT,
                  "Checkpoint 7 expired after 60.0 s: window (1/1) had written its "
                      + "state, but its acknowledgement never came."));
    }

    @Test
    void aRowOfTasksThatHoldEachOtherUpIsFollowedOnce() {
      subtask(SOURCE_1, "source (1/1)").started(1_001).done(1_010);
      subtask(WINDOW, "window (1/1)")
          .behind(SOURCE_1, 0)
          .doing(new Activity(Doing.BACK_PRESSURED, Optional.of(SINK)));
      subtask(SINK, "sink (1/1)")
          .behind(WINDOW, 0)
          .doing(new Activity(Doing.BACK_PRESSURED, Optional.of(WINDOW)));

      assertThat(explain(Outcome.EXPIRED, 61_000).phase()).isEqualTo(Phase.START_DELAY);
    }
  }

  @Test
  void aPartOfTheTimeThatWasUnderWayBeforeIsCountedAsFarAsThereWasTime() {
    assertThat(new TimeSpent(9_000, 500, 20_000).since(new TimeSpent(1_000, 400, 19_000)))
        .isEqualTo(new TimeSpent(1_000, 100, 1_000));
  }

  @Test
  void timesThatRunBackwardsAreRefused() {
    assertThatThrownBy(() -> subtask(SOURCE_1, "source (1/1)").started(1_010).aligned(1_001).add())
        .hasMessageContaining("aligned at 1001, but the step before that at 1010");
  }

  private Explanation explain(Outcome outcome, long endedMillis) {
    builders.forEach(Builder::add);
    return CriticalPath.of(
        new CheckpointTrace(
            7,
            1_000,
            told,
            endedMillis,
            outcome,
            "The job failed.",
            Optional.ofNullable(decline),
            subtasks));
  }

  private final List<Builder> builders = new ArrayList<>();

  private Builder subtask(TaskId task, String name) {
    Builder builder = new Builder(task, name);
    builders.add(builder);
    return builder;
  }

  private final class Builder {
    private final TaskId task;
    private final String name;
    private long started = -1;
    private long aligned = -1;
    private long snapshotted = -1;
    private long captured = -1;
    private long written = -1;
    private long acknowledged = -1;
    private LateChannel late;
    private TimeSpent spent = TimeSpent.UNKNOWN;
    private Activity activity = Activity.of(Doing.IDLE);

    Builder(TaskId task, String name) {
      this.task = task;
      this.name = name;
    }

    Builder behind(TaskId producer, long batches) {
      late = new LateChannel(producer, batches);
      return this;
    }

    Builder started(long millis) {
      started = millis;
      return this;
    }

    Builder aligned(long millis) {
      aligned = millis;
      return this;
    }

    Builder sync(long millis) {
      aligned = aligned < 0 ? started : aligned;
      snapshotted = millis;
      return this;
    }

    Builder captured(long millis) {
      sync(snapshotted < 0 ? Math.max(started, aligned) : snapshotted);
      captured = millis;
      return this;
    }

    Builder writes(long millis) {
      captured(captured < 0 ? Math.max(snapshotted, Math.max(started, aligned)) : captured);
      written = millis;
      return this;
    }

    /** Acknowledged at this time, and at once where nothing else is said. */
    void done(long millis) {
      writes(written < 0 ? millis : written);
      acknowledged = millis;
    }

    Builder spent(TimeSpent time) {
      spent = time;
      return this;
    }

    void doing(Activity what) {
      activity = what;
    }

    void add() {
      subtasks.add(
          new SubtaskTrace(
              task,
              name,
              started,
              aligned,
              snapshotted,
              captured,
              written,
              acknowledged,
              4_096,
              Optional.ofNullable(late),
              spent,
              activity));
    }
  }
}
