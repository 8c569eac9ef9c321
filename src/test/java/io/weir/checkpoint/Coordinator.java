package io.weir.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.TaskId;
import io.weir.snapshot.VertexId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Feeds events to the pure coordinator under a clock of its own and compares the decisions, written
 * as short sentences. The job is two sources {@code s0 s1}, each of which sends to both maps {@code
 * m0 m1}; both maps send to the sink {@code k0}.
 */
final class Coordinator implements Decision.Cases {
  private static final Map<String, TaskId> TASKS = new LinkedHashMap<>();

  static {
    int vertex = 0;
    for (List<String> names : List.of(List.of("s0", "s1"), List.of("m0", "m1"), List.of("k0"))) {
      vertex++;
      for (int subtask = 0; subtask < names.size(); subtask++) {
        TASKS.put(names.get(subtask), new TaskId(new VertexId(0, vertex), subtask));
      }
    }
  }

  static final TaskTopology TOPOLOGY =
      new TaskTopology(
          Map.of(
              task("s0"),
              tasks(),
              task("s1"),
              tasks(),
              task("m0"),
              tasks("s0", "s1"),
              task("m1"),
              tasks("s0", "s1"),
              task("k0"),
              tasks("m0", "m1")));

  private final List<String> done = new ArrayList<>();
  private CoordinatorState state;
  private long nowMillis;
  private long wakeUpMillis;
  private CheckpointPlan lastPlan;
  private String lastMessage = "";

  private Coordinator(CoordinatorState state) {
    this.state = state;
  }

  /** A job whose first checkpoint will be number 1, before its tasks run. */
  static Coordinator of(CheckpointSettings settings) {
    return new Coordinator(CoordinatorState.initial(settings, 1, List.of()));
  }

  static Coordinator of(CoordinatorState state) {
    return new Coordinator(state);
  }

  /** As {@link #of(CheckpointSettings)}, and the tasks of attempt 1 run since time 0. */
  static Coordinator running(CheckpointSettings settings) {
    return of(settings).tasksRunning(1);
  }

  static TaskId task(String name) {
    return TASKS.get(name);
  }

  static Set<TaskId> tasks(String... names) {
    return Arrays.stream(names)
        .map(Coordinator::task)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  static String names(Collection<TaskId> tasks) {
    return TASKS.entrySet().stream()
        .filter(named -> tasks.contains(named.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(","));
  }

  CoordinatorState state() {
    return state;
  }

  Coordinator feed(CheckpointEvent event) {
    Transition transition = CheckpointDecisions.step(state, event, nowMillis);
    state = transition.state();
    wakeUpMillis = Long.MAX_VALUE;
    transition.decisions().forEach(decision -> decision.accept(this));
    return this;
  }

  Coordinator at(long millis) {
    nowMillis = millis;
    return this;
  }

  Coordinator tick(long millis) {
    return at(millis).feed(new CheckpointEvent.Tick());
  }

  Coordinator tasksRunning(long attempt, String... finished) {
    return feed(new CheckpointEvent.TasksRunning(attempt, TOPOLOGY, tasks(finished), Map.of()));
  }

  Coordinator restarting() {
    return feed(new CheckpointEvent.JobRestarting("a task failed"));
  }

  Coordinator stop() {
    return feed(new CheckpointEvent.StopRequested(false));
  }

  Coordinator suspend() {
    return feed(new CheckpointEvent.StopRequested(true));
  }

  Coordinator request(String id) {
    return request(id, CheckpointType.CHECKPOINT, false);
  }

  Coordinator request(String id, CheckpointType type, boolean forced) {
    return feed(new CheckpointEvent.TriggerRequested(new CheckpointRequest(id, type, forced)));
  }

  Coordinator savepoint(String id) {
    return request(id, CheckpointType.SAVEPOINT, true);
  }

  Coordinator ack(long checkpointId, String... tasks) {
    return ackOf(1, checkpointId, tasks);
  }

  Coordinator ackOf(long attempt, long checkpointId, String... tasks) {
    for (String task : tasks) {
      feed(new CheckpointEvent.AckReceived(attempt, checkpointId, task(task)));
    }
    return this;
  }

  Coordinator ackAll(long checkpointId) {
    return ack(checkpointId, "s0", "s1", "m0", "m1", "k0");
  }

  Coordinator decline(long checkpointId, String task, FailureReason reason) {
    return feed(new CheckpointEvent.Declined(1, checkpointId, task(task), reason, "because"));
  }

  Coordinator finished(String... tasks) {
    for (String task : tasks) {
      feed(new CheckpointEvent.TaskFinished(1, task(task)));
    }
    return this;
  }

  Coordinator stored(long checkpointId) {
    return feed(new CheckpointEvent.StoreCompleted(checkpointId));
  }

  Coordinator storeFailed(long checkpointId) {
    return feed(new CheckpointEvent.StoreFailed(checkpointId, "disk full"));
  }

  Coordinator backlog(boolean on) {
    return feed(new CheckpointEvent.BacklogChanged(on));
  }

  /** All acknowledgements and the record of a checkpoint, without looking. */
  Coordinator completes(long checkpointId) {
    ackAll(checkpointId).stored(checkpointId);
    assertThat(done).anyMatch(sentence -> sentence.startsWith("complete " + checkpointId));
    return forget();
  }

  /** Exactly these decisions since the last comparison. */
  Coordinator does(String... expected) {
    assertThat(done).containsExactly(expected);
    return forget();
  }

  Coordinator doesNothing() {
    return does();
  }

  Coordinator forget() {
    done.clear();
    return this;
  }

  Coordinator wakesAt(long millis) {
    assertThat(wakeUpMillis).isEqualTo(millis);
    return this;
  }

  Coordinator sleepsForever() {
    return wakesAt(Long.MAX_VALUE);
  }

  Coordinator triggers(String... tasks) {
    assertThat(names(lastPlan.toTrigger())).isEqualTo(String.join(",", tasks));
    return this;
  }

  Coordinator awaits(String... tasks) {
    assertThat(names(lastPlan.toAcknowledge())).isEqualTo(String.join(",", tasks));
    return this;
  }

  /** Who acknowledges the checkpoint that was triggered last. */
  String participants() {
    return names(lastPlan.toAcknowledge());
  }

  Coordinator says(String... parts) {
    assertThat(lastMessage).contains(parts);
    return this;
  }

  @Override
  public void trigger(Decision.Trigger decision) {
    lastPlan = decision.plan();
    assertThat(decision.timestampMillis()).isEqualTo(nowMillis);
    String type = decision.type() == CheckpointType.CHECKPOINT ? "" : " " + decision.type();
    done.add(
        "trigger "
            + decision.checkpointId()
            + type
            + decision.requestId().map(id -> " for " + id).orElse(""));
  }

  @Override
  public void keepAck(Decision.KeepAck decision) {
    done.add("keep " + decision.checkpointId() + " " + names(Set.of(decision.task())));
  }

  @Override
  public void discardAck(Decision.DiscardAck decision) {
    done.add("discard " + decision.checkpointId() + " " + names(Set.of(decision.task())));
  }

  @Override
  public void finalizeCheckpoint(Decision.Finalize decision) {
    done.add("finalize " + decision.checkpointId());
  }

  @Override
  public void complete(Decision.Complete decision) {
    done.add(("complete " + decision.checkpointId() + " " + names(decision.toNotify())).strip());
  }

  @Override
  public void abort(Decision.Abort decision) {
    lastMessage = decision.message();
    done.add(
        ("abort "
                + decision.checkpointId()
                + " "
                + decision.reason()
                + " "
                + names(decision.toNotify()))
            .strip());
  }

  @Override
  public void subsume(Decision.Subsume decision) {
    done.add("subsume " + decision.checkpointId());
  }

  @Override
  public void failJob(Decision.FailJob decision) {
    lastMessage = decision.message();
    done.add("fail " + decision.reason());
  }

  @Override
  public void restartJob(Decision.RestartJob decision) {
    lastMessage = decision.message();
    done.add("restart " + decision.reason());
  }

  @Override
  public void answerRequest(Decision.AnswerRequest decision) {
    RequestOutcome outcome = decision.outcome();
    if (outcome instanceof RequestOutcome.Completed completed) {
      done.add("answer " + decision.requestId() + " " + completed.checkpointId());
    } else if (outcome instanceof RequestOutcome.Failed failed) {
      lastMessage = failed.message();
      done.add("answer " + decision.requestId() + " " + failed.reason());
    }
  }

  @Override
  public void waitUntil(Decision.WaitUntil decision) {
    wakeUpMillis = decision.timeMillis();
  }
}
