package io.weir.engine;

import io.weir.checkpoint.inflight.DebloatSettings;
import io.weir.checkpoint.inflight.InFlightLimit;
import io.weir.engine.channel.Channel;
import io.weir.engine.channel.InFlightEdge;
import io.weir.engine.channel.RecordBatch;
import io.weir.engine.channel.Signal;
import io.weir.engine.operator.Output;
import io.weir.engine.output.EdgeOutputs;
import io.weir.engine.output.TaskOutputs;
import io.weir.plan.Distribution;
import io.weir.plan.JobPlan;
import io.weir.plan.PlannedEdge;
import io.weir.plan.PlannedOperator;
import io.weir.plan.PlannedVertex;
import io.weir.snapshot.JobId;
import io.weir.snapshot.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes tasks of one attempt from a job's plan, and the channels between them. */
public final class ExecutionBuilder {

  /** One task that is being put together. */
  private static final class Draft {
    private final Signal signal = new Signal();
    private final Mailbox mailbox = new Mailbox(signal);
    private final TaskOutputs outputs = new TaskOutputs();
    private final List<ChainBuilder.EdgeEnd> edges = new ArrayList<>();
    private final List<InputChannels.InputChannel> inputs = new ArrayList<>();
    private final Set<TaskId> producers = new LinkedHashSet<>();
  }

  private final JobPlan plan;
  private final JobId job;
  private final int attempt;
  private final TaskEnvironment environment;
  private final RestoredState restored;
  private final Set<TaskId> included;
  private final Optional<DebloatSettings> debloat;
  private final Map<TaskId, Draft> drafts = new LinkedHashMap<>();

  private ExecutionBuilder(
      JobPlan plan,
      JobId job,
      int attempt,
      TaskEnvironment environment,
      RestoredState restored,
      Set<TaskId> included) {
    this.plan = plan;
    this.job = job;
    this.attempt = attempt;
    this.environment = environment;
    this.restored = restored;
    this.included = included;
    this.debloat =
        environment
            .settings()
            .debloat()
            .map(whole -> whole.sharedBy(Math.max(1, plan.edgesOnLongestPath())));
  }

  /**
   * Makes the tasks; does no I/O, since each restores its own state in its first steps.
   *
   * @param included those that are made: all of the job, or those of some regions
   */
  public static Execution build(
      JobPlan plan,
      JobId job,
      int attempt,
      TaskEnvironment environment,
      RestoredState restored,
      Set<TaskId> included) {
    return new ExecutionBuilder(plan, job, attempt, environment, restored, included).build();
  }

  private Execution build() {
    included.forEach(task -> drafts.put(task, new Draft()));
    plan.edges().forEach(this::join);
    List<Task> tasks = new ArrayList<>();
    Map<TaskId, Set<TaskId>> inputs = new LinkedHashMap<>();
    Set<TaskId> finished = new LinkedHashSet<>();
    for (PlannedVertex vertex : plan.vertices()) {
      for (int subtask = 0; subtask < vertex.parallelism(); subtask++) {
        TaskId id = new TaskId(vertex.id(), subtask);
        if (!included.contains(id)) {
          continue;
        }
        tasks.add(task(vertex, id, drafts.get(id)));
        inputs.put(id, drafts.get(id).producers);
        if (isFinished(vertex)) {
          finished.add(id);
        }
      }
    }
    return new Execution(tasks, inputs, finished);
  }

  private void join(PlannedEdge edge) {
    PlannedVertex source = plan.vertex(edge.source());
    PlannedVertex target = plan.vertex(edge.target());
    InFlightEdge inFlight =
        edge.supportsUnaligned()
            ? new InFlightEdge(
                plan.edgesInto(edge.target()).indexOf(edge),
                source.operators().get(edge.sourceOperator()).id(),
                edge.partitioning(),
                edge.rescaleMapping(),
                edge.type())
            : null;
    for (int producer = 0; producer < source.parallelism(); producer++) {
      TaskId producerId = new TaskId(source.id(), producer);
      if (!included.contains(producerId)) {
        continue;
      }
      Draft from = drafts.get(producerId);
      List<Channel> channels = new ArrayList<>();
      for (int consumer = 0; consumer < target.parallelism(); consumer++) {
        if (Distribution.joins(
            edge.partitioning(), producer, source.parallelism(), consumer, target.parallelism())) {
          TaskId consumerId = new TaskId(target.id(), consumer);
          Draft to = drafts.get(consumerId);
          Channel channel = new Channel(from.signal, to.signal, firstBatchRecords());
          channels.add(channel);
          from.outputs.add(channel, consumerId, inFlight == null ? null : announcement(to));
          to.inputs.add(
              new InputChannels.InputChannel(
                  channel,
                  edge.input(),
                  producerId,
                  nameOf(source, producer),
                  inFlight == null ? null : new InFlightEdge.Origin(inFlight, producer)));
          to.producers.add(producerId);
        }
      }
      from.edges.add(
          new ChainBuilder.EdgeEnd(
              edge.sourceOperator(),
              edge.sideOutput(),
              output(edge, source, target, producer, channels, from.outputs)));
    }
  }

  /** Records that a batch may hold before its consumer knows how quick it is. */
  private int firstBatchRecords() {
    return debloat
        .map(settings -> InFlightLimit.unmeasured(settings, RecordBatch.CAPACITY).records())
        .orElse(RecordBatch.CAPACITY);
  }

  /** To the task that is being put together, of its next input channel. */
  private static TaskOutputs.BarrierAnnouncement announcement(Draft to) {
    int channel = to.inputs.size();
    return (barrier, position) -> to.mailbox.barrierAnnounced(channel, barrier, position);
  }

  private Output<?> output(
      PlannedEdge edge,
      PlannedVertex source,
      PlannedVertex target,
      int producer,
      List<Channel> channels,
      TaskOutputs outputs) {
    PlannedOperator operator = source.operators().get(edge.sourceOperator());
    return edge.partitioning()
        .accept(
            new EdgeOutputs(
                channels,
                outputs,
                edge.type(),
                target.maxParallelism(),
                producer,
                environment.settings().seed() + producer,
                operator.name()));
  }

  private Task task(PlannedVertex vertex, TaskId id, Draft draft) {
    TaskAttempt taskAttempt = new TaskAttempt(job, attempt, id);
    SubtaskInfo info =
        new SubtaskInfo(
            vertex.name(), id.subtask(), vertex.parallelism(), vertex.maxParallelism(), attempt);
    OperatorMetrics metrics = new OperatorMetrics();
    TaskBlueprint blueprint =
        isFinished(vertex)
            ? new FinishedChain(draft.inputs)
            : new ChainBuilder(
                taskAttempt,
                vertex,
                environment,
                restored.states().getOrDefault(id, Map.of()),
                restored.checkpointId(),
                draft.edges,
                draft.inputs,
                info,
                draft.signal,
                metrics);
    return new Task(
        taskAttempt,
        info.getTaskNameWithSubtasks(),
        environment,
        draft.signal,
        draft.mailbox,
        draft.outputs,
        blueprint,
        metrics,
        debloat,
        restored.isStopped());
  }

  private boolean isFinished(PlannedVertex vertex) {
    return restored.finished().contains(vertex.id());
  }

  private static String nameOf(PlannedVertex vertex, int subtask) {
    return "'" + vertex.name() + " (" + (subtask + 1) + "/" + vertex.parallelism() + ")'";
  }
}
