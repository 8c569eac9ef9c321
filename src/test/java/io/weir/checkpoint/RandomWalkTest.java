package io.weir.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.TaskId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random events, letters that are lost, doubled and late, restarts; the laws hold after every step.
 */
class RandomWalkTest {
  private static final int STEPS = 10_000;
  private static final int SEEDS = 50;
  private static final List<CheckpointType> GOING_ON =
      List.of(CheckpointType.CHECKPOINT, CheckpointType.FULL_CHECKPOINT, CheckpointType.SAVEPOINT);

  private static final List<FailureReason> IN_FLIGHT =
      Arrays.stream(FailureReason.values()).filter(reason -> !reason.isPreflight()).toList();

  @Test
  void theLawsHoldAfterEveryStep() {
    long first = Long.getLong("weir.test.seed", 1);
    int completed = 0;
    int aborted = 0;
    for (long seed = first; seed < first + SEEDS; seed++) {
      Walk walk = new Walk(seed);
      try {
        walk.run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed "
                + seed
                + " (repeat with -Dweir.test.seed="
                + seed
                + "), step "
                + walk.step
                + ", "
                + walk.settings,
            e);
      }
      completed += walk.completed.size();
      aborted += walk.aborted.size();
    }
    assertThat(completed).as("completed").isGreaterThan(SEEDS * 100);
    assertThat(aborted).as("aborted").isGreaterThan(SEEDS * 50);
  }

  private static final class Walk implements Decision.Cases {
    private final SplittableRandom random;
    private final CheckpointSettings settings;
    private final List<CheckpointEvent> letters = new ArrayList<>();
    private final Map<Long, Set<TaskId>> missing = new HashMap<>();
    private final Map<Long, Boolean> finalizing = new HashMap<>();
    private final Set<Long> completed = new HashSet<>();
    private final Set<Long> aborted = new HashSet<>();
    private final Set<Long> subsumed = new HashSet<>();
    private final Map<String, Boolean> openRequests = new HashMap<>();
    private CoordinatorState state;
    private long nowMillis;
    private long wakeUpMillis = Long.MAX_VALUE;
    private long lastEndMillis = Long.MIN_VALUE / 2;
    private long lastPeriodicMillis = Long.MIN_VALUE / 2;
    private long lastId = 6;
    private long attempt;
    private boolean running;
    private int requests;
    private int step;

    Walk(long seed) {
      random = new SplittableRandom(seed);
      int[] concurrency = {1, 2, 5};
      int[] tolerated = {0, 2, CheckpointSettings.UNLIMITED_FAILURES};
      CheckpointSettings chosen =
          CheckpointSettings.every(100 + random.nextInt(400))
              .withTimeoutMillis(200 + random.nextInt(2_000))
              .withMaxConcurrent(concurrency[random.nextInt(3)])
              .withMinPauseMillis(random.nextBoolean() ? 0 : random.nextInt(300))
              .withTolerableFailures(tolerated[random.nextInt(3)])
              .withNumRetained(1 + random.nextInt(3));
      settings =
          random.nextBoolean()
              ? chosen
              : chosen.withIntervalDuringBacklogMillis(random.nextBoolean() ? 0 : 1_000);
      state = CoordinatorState.initial(settings, lastId + 1, List.of());
    }

    void run() {
      for (step = 0; step < STEPS; step++) {
        act();
      }
      feed(new CheckpointEvent.StopRequested(random.nextBoolean()));
      while (!letters.isEmpty()) {
        feed(letters.remove(0));
      }
      assertThat(missing).as("in progress after the end").isEmpty();
      assertThat(openRequests).as("requests without an answer").isEmpty();
      assertThat(state.pending()).isEmpty();
      assertThat(wakeUpMillis).isEqualTo(Long.MAX_VALUE);
    }

    private void act() {
      int dice = random.nextInt(1_000);
      if (!running && !state.isFinalizing() && dice < 300) {
        running = true;
        feed(new CheckpointEvent.TasksRunning(++attempt, Coordinator.TOPOLOGY, Set.of(), Map.of()));
      } else if (dice < 700 && !letters.isEmpty()) {
        deliverLetter();
      } else if (dice < 940) {
        nowMillis += random.nextInt(60);
        feed(new CheckpointEvent.Tick());
      } else if (dice < 960) {
        nowMillis =
            wakeUpMillis == Long.MAX_VALUE ? nowMillis + 1 : Math.max(nowMillis, wakeUpMillis);
        feed(new CheckpointEvent.Tick());
      } else if (dice < 985) {
        request();
      } else if (dice < 990) {
        feed(new CheckpointEvent.BacklogChanged(random.nextBoolean()));
      } else if (dice < 993) {
        restart();
      } else if (dice < 995) {
        letters.add(
            new CheckpointEvent.TaskFinished(
                attempt, Coordinator.task(random.nextBoolean() ? "s0" : "s1")));
      } else {
        letters.add(
            new CheckpointEvent.AckReceived(
                attempt - random.nextInt(2),
                random.nextInt((int) lastId + 3),
                Coordinator.task("m1")));
      }
    }

    private void deliverLetter() {
      int place = random.nextInt(letters.size());
      int fault = random.nextInt(100);
      CheckpointEvent letter = letters.get(place);
      boolean fromStorage =
          letter instanceof CheckpointEvent.StoreCompleted
              || letter instanceof CheckpointEvent.StoreFailed;
      if (fault >= 3) {
        letters.remove(place);
      }
      if (fault < 98 || fromStorage) {
        feed(letter);
      }
    }

    private void request() {
      CheckpointType[] types = CheckpointType.values();
      CheckpointType type =
          random.nextInt(10) == 0
              ? types[random.nextInt(types.length)]
              : GOING_ON.get(random.nextInt(GOING_ON.size()));
      boolean forced = random.nextBoolean();
      String id = (forced ? "forced " : "plain ") + requests++;
      openRequests.put(id, true);
      feed(new CheckpointEvent.TriggerRequested(new CheckpointRequest(id, type, forced)));
    }

    private void restart() {
      running = false;
      feed(new CheckpointEvent.JobRestarting("chance"));
      assertThat(missing.keySet())
          .as("only what is being recorded outlives a restart")
          .isEqualTo(finalizing.keySet());
    }

    private void feed(CheckpointEvent event) {
      Transition transition = CheckpointDecisions.step(state, event, nowMillis);
      state = transition.state();
      wakeUpMillis = Long.MAX_VALUE;
      boolean jobFails =
          transition.decisions().stream()
              .anyMatch(
                  decision ->
                      decision instanceof Decision.FailJob
                          || decision instanceof Decision.RestartJob);
      transition.decisions().forEach(decision -> decision.accept(this));
      if (jobFails || (running && state.phase() == Phase.STOPPING)) {
        restart();
      }
      verifyState();
    }

    /** Plain checks: this runs half a million times. */
    private void verifyState() {
      require(
          state.pending().size() == missing.size(),
          "as many in progress as were triggered and did not end");
      for (PendingCheckpoint checkpoint : state.pending()) {
        require(missing.containsKey(checkpoint.checkpointId()), "in progress");
        require(
            checkpoint.isFinalizing()
                || checkpoint.startedMillis() + settings.timeoutMillis() > nowMillis,
            "not expired");
      }
      require(wakeUpMillis > nowMillis, "wake-up in the future");
      require(
          state.retention().snapshots().stream().filter(CompletedSnapshot::subsumable).count()
              <= settings.numRetained(),
          "number retained");
    }

    private static void require(boolean condition, String what) {
      if (!condition) {
        throw new AssertionError("violated: " + what);
      }
    }

    @Override
    public void trigger(Decision.Trigger decision) {
      long id = decision.checkpointId();
      assertThat(id).as("ids grow").isGreaterThan(lastId);
      lastId = id;
      assertThat(running).as("tasks run").isTrue();
      assertThat(decision.plan().attempt()).isEqualTo(attempt);
      if (decision.requestId().isEmpty()) {
        assertThat(nowMillis)
            .as("pause")
            .isGreaterThanOrEqualTo(lastEndMillis + settings.minPauseMillis());
        assertThat(nowMillis)
            .as("interval")
            .isGreaterThanOrEqualTo(lastPeriodicMillis + settings.intervalMillis());
        lastPeriodicMillis = nowMillis;
      }
      if (decision.requestId().isEmpty() || decision.requestId().get().startsWith("plain")) {
        assertThat(missing.size()).as("in progress").isLessThan(settings.effectiveMaxConcurrent());
      }
      missing.put(id, new HashSet<>(decision.plan().toAcknowledge()));
      int luck = random.nextInt(10);
      for (TaskId task : decision.plan().toAcknowledge()) {
        if (luck == 0 && random.nextInt(4) == 0) {
          letters.add(
              new CheckpointEvent.Declined(
                  attempt, id, task, IN_FLIGHT.get(random.nextInt(IN_FLIGHT.size())), "chance"));
        } else {
          letters.add(new CheckpointEvent.AckReceived(attempt, id, task));
        }
      }
    }

    @Override
    public void keepAck(Decision.KeepAck decision) {
      assertThat(missing.get(decision.checkpointId()).remove(decision.task()))
          .as("kept once")
          .isTrue();
    }

    @Override
    public void discardAck(Decision.DiscardAck decision) {
      assertThat(aborted).as("only what was given up is removed").contains(decision.checkpointId());
    }

    @Override
    public void finalizeCheckpoint(Decision.Finalize decision) {
      assertThat(missing.get(decision.checkpointId())).as("all acknowledged").isEmpty();
      assertThat(finalizing.put(decision.checkpointId(), true)).as("recorded once").isNull();
      boolean fails = random.nextInt(20) == 0;
      letters.add(
          fails
              ? new CheckpointEvent.StoreFailed(decision.checkpointId(), "chance")
              : new CheckpointEvent.StoreCompleted(decision.checkpointId()));
    }

    @Override
    public void complete(Decision.Complete decision) {
      assertThat(finalizing).containsKey(decision.checkpointId());
      end(decision.checkpointId(), completed);
    }

    @Override
    public void abort(Decision.Abort decision) {
      end(decision.checkpointId(), aborted);
    }

    private void end(long checkpointId, Set<Long> how) {
      assertThat(missing.remove(checkpointId)).as("in progress before its end").isNotNull();
      finalizing.remove(checkpointId);
      how.add(checkpointId);
      lastEndMillis = nowMillis;
    }

    @Override
    public void subsume(Decision.Subsume decision) {
      assertThat(completed).contains(decision.checkpointId());
      assertThat(subsumed.add(decision.checkpointId())).as("removed once").isTrue();
    }

    @Override
    public void failJob(Decision.FailJob decision) {
      assertThat(running).as("a job fails once").isTrue();
      running = false;
    }

    @Override
    public void restartJob(Decision.RestartJob decision) {
      assertThat(running).as("a job fails once").isTrue();
      running = false;
    }

    @Override
    public void answerRequest(Decision.AnswerRequest decision) {
      assertThat(openRequests.remove(decision.requestId()))
          .as("answered once: %s", decision.requestId())
          .isNotNull();
    }

    @Override
    public void waitUntil(Decision.WaitUntil decision) {
      wakeUpMillis = decision.timeMillis();
    }
  }
}
