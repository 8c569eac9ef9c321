package io.weir.engine;

import io.weir.barrier.Barrier;
import io.weir.barrier.BarrierHandler;
import io.weir.checkpoint.explain.Activity;
import io.weir.checkpoint.explain.Activity.Doing;
import io.weir.checkpoint.explain.SubtaskTrace;
import io.weir.checkpoint.explain.TimeSpent;
import io.weir.checkpoint.inflight.DebloatSettings;
import io.weir.engine.channel.ChannelEvent;
import io.weir.engine.channel.Signal;
import io.weir.engine.operator.OperatorException;
import io.weir.engine.output.RecordCounter;
import io.weir.engine.output.TaskOutputs;
import io.weir.engine.source.SourceEventLetter;
import io.weir.engine.source.SourceOperator;
import io.weir.snapshot.OperatorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One parallel instance of a vertex: a chain of operators between its input channels, or its
 * source, and its output channels.
 *
 * <p>A task is a state machine: {@link #step()} does a bounded amount of work and never waits. One
 * thread at a time may call it. Only the first step, which restores the state, and the user's own
 * code may take long. Whatever happens, the task ends by telling its listener exactly one of
 * finished, canceled and failed.
 */
public final class Task {
  /**
   * Records that a source reads in one step: as many as keep looking after the mailbox cheap, few
   * enough that a barrier does not wait noticeably.
   */
  static final int MAX_RECORDS_PER_STEP = 512;

  /** A task without idle time cleans up its state after so many steps. */
  private static final int BUSY_STEPS_BEFORE_CLEAN_UP = 64;

  private final TaskAttempt attempt;
  private final String name;
  private final TaskEnvironment environment;
  private final Signal signal;
  private final Mailbox mailbox;
  private final TaskOutputs outputs;
  private final RecordCounter counter = new RecordCounter();
  private final TaskLoad load = new TaskLoad(counter);
  private final TaskTimers timers;
  private final TaskActivity activity;
  private final TaskBlueprint blueprint;
  private final OperatorMetrics metrics;
  private final Optional<DebloatSettings> debloat;
  private final LetterReceiver letterReceiver = new LetterReceiver();
  private final TaskStop stop;

  private volatile TaskState state = TaskState.CREATED;

  /** What the enumerator has sent before the reader was open. */
  private final List<SourceEventLetter> early = new ArrayList<>();

  private boolean cancelRequested;
  private OperatorChain chain;
  private SubtaskCheckpointCoordinator checkpoints;
  private CheckpointMarks marks;

  /** Null unless the task has input channels and is to limit what is in flight there. */
  private InputDebloating debloating;

  private BarrierHandler barriers;

  /** Null for a source. */
  private TaskInput input;

  /** Null unless the chain begins with a source. */
  private SourceOperator<?, ?> source;

  /** What the chain does with records. */
  private Doing working;

  /** How far the task is on its way from the end of its input to its own. */
  private Ending ending = Ending.NOT_BEGUN;

  /** Steps with work since state was cleaned up. */
  private int busySteps;

  /** How many operators of the chain have been told to finish. */
  private int finishedOperators;

  private enum Ending {
    NOT_BEGUN,
    /**
     * The operators finish one after another, each with what it emits processed by those behind it.
     */
    OPERATORS,
    /** A sink has something left to commit, and snapshots are still being written. */
    LAST_CHECKPOINT,
    /** The end of input is on its way to the tasks behind this one. */
    OUTPUTS
  }

  Task(
      TaskAttempt attempt,
      String name,
      TaskEnvironment environment,
      Signal signal,
      Mailbox mailbox,
      TaskOutputs outputs,
      TaskBlueprint blueprint,
      OperatorMetrics metrics,
      Optional<DebloatSettings> debloat,
      boolean isStopped) {
    this.attempt = attempt;
    this.name = name;
    this.environment = environment;
    this.signal = signal;
    this.mailbox = mailbox;
    this.outputs = outputs;
    this.blueprint = blueprint;
    this.metrics = metrics;
    this.debloat = debloat;
    this.timers = new TaskTimers(environment.clock());
    this.activity = new TaskActivity(environment.clock(), load);
    this.stop = new TaskStop(isStopped);
  }

  public TaskAttempt attempt() {
    return attempt;
  }

  /** As shown to people: {@code "name (2/4)"}. */
  public String name() {
    return name;
  }

  public Mailbox mailbox() {
    return mailbox;
  }

  /** Says when there is something to do; the driver waits on it. */
  public Signal signal() {
    return signal;
  }

  public TaskState state() {
    return state;
  }

  public TaskLoad load() {
    return load;
  }

  /**
   * How far event time has come at this task's input, in milliseconds since the epoch; {@link
   * Long#MIN_VALUE} before the first watermark, empty for a source or a task that does not run.
   */
  public OptionalLong currentInputWatermark() {
    // the input is there before the state says so
    return state == TaskState.RUNNING && input != null
        ? OptionalLong.of(input.watermark())
        : OptionalLong.empty();
  }

  /**
   * How far a checkpoint has come here, and what the task is doing; slightly old values, for any
   * thread.
   */
  public SubtaskTrace traceOf(long checkpointId) {
    TaskState present = state;
    Doing doing = present == TaskState.RUNNING ? activity.doing() : Doing.NOT_RUNNING;
    Activity doingFor = new Activity(doing, outputs.fullestConsumer());
    // the marks are there before the state says so
    return present.compareTo(TaskState.RUNNING) < 0 || marks == null
        ? new CheckpointMark().toTrace(attempt.task(), name, null, TimeSpent.UNKNOWN, doingFor)
        : marks.traceOf(checkpointId, attempt.task(), name, doingFor);
  }

  /** How the task has spent its life; slightly old values, for any thread. */
  public TimeSpent timeSpent() {
    return activity.spent();
  }

  /**
   * Records that a batch on the way to this task may hold; empty unless data in flight is limited.
   * For any thread.
   */
  public OptionalInt debloatedBatchRecords() {
    return state == TaskState.RUNNING && debloating != null
        ? OptionalInt.of(debloating.batchRecords())
        : OptionalInt.empty();
  }

  /**
   * How long this task will need for what is on the way to it, in milliseconds; empty unless data
   * in flight is limited. An estimate, for any thread.
   */
  public OptionalLong millisToProcessInput() {
    return state == TaskState.RUNNING && debloating != null
        ? OptionalLong.of(debloating.millisToProcess())
        : OptionalLong.empty();
  }

  /** What the functions of this task count. */
  public OperatorMetrics metrics() {
    return metrics;
  }

  /**
   * Share of the fullest output channel that is filled, from 0 to 1; an estimate, for any thread.
   */
  public double outputFillRatio() {
    return outputs.fillRatio();
  }

  /**
   * Whether the task cannot go on because its outputs have no room; for the thread that drives it.
   */
  boolean isBackPressured() {
    return outputs.isFull();
  }

  /**
   * When the task has to be stepped again even if nobody raises its signal, in milliseconds since
   * the epoch; {@link Long#MAX_VALUE} for never.
   */
  public long nextTimerMillis() {
    return stop.isWaiting() ? Long.MAX_VALUE : timers.nextDue();
  }

  /**
   * Does a bounded amount of work.
   *
   * @return whether anything was done; if not, the caller may wait for the signal or the next timer
   */
  public boolean step() {
    if (state.isTerminal()) {
      return false;
    }
    try {
      return advance();
    } catch (Throwable e) {
      end(TaskState.FAILED, describe(e));
      return true;
    }
  }

  private boolean advance() throws Exception {
    if (state == TaskState.CREATED) {
      state = TaskState.INITIALIZING;
      return true;
    }
    if (state == TaskState.INITIALIZING) {
      return initialize();
    }
    boolean progress = openLetters();
    if (cancelRequested) {
      end(TaskState.CANCELED, null);
      return true;
    }
    if (stop.isReleased()) {
      end(TaskState.FINISHED, null);
      return true;
    }
    boolean room = outputs.makeRoom();
    if (!stop.isWaiting()) {
      if (timers.isDue()) {
        activity.is(Doing.FIRING_TIMERS);
        progress |= timers.callDue();
      }
      if (room) {
        progress |= work();
      }
      progress |= cleanUp(progress);
    }
    if (room) {
      outputs.flushToIdleConsumers();
    }
    if (outputs.isFull()) {
      activity.is(Doing.BACK_PRESSURED);
    } else if (!progress) {
      activity.is(Doing.IDLE);
    }
    return progress;
  }

  /** Does what waits for idle time, and a little of it where there is none. */
  private boolean cleanUp(boolean isBusy) {
    if (isBusy && ++busySteps < BUSY_STEPS_BEFORE_CLEAN_UP) {
      return false;
    }
    busySteps = 0;
    return !state.isTerminal() && chain.cleanUpState();
  }

  private boolean initialize() throws Exception {
    openLetters();
    if (cancelRequested) {
      end(TaskState.CANCELED, null);
      return true;
    }
    TaskBlueprint.Built built = blueprint.build(outputs, counter, timers, this::mayContinue);
    chain = built.chain();
    source = built.source();
    working = workOf(chain, source);
    if (source == null) {
      input = new TaskInput(built.channels(), chain, outputs, mailbox, counter, activity);
      debloating =
          debloat
              .map(how -> new InputDebloating(how, built.channels(), load, environment.clock()))
              .orElse(null);
    }
    marks = new CheckpointMarks(environment.clock(), built.channels(), activity);
    checkpoints =
        new SubtaskCheckpointCoordinator(
            attempt,
            environment,
            chain,
            outputs,
            built.channels(),
            input,
            this::callAtTimeout,
            stop,
            marks,
            signal::raise);
    barriers =
        new BarrierHandler(
            built.channels().count(),
            built.channels().capturable(),
            environment.settings().alignment(),
            checkpoints);
    if (input != null) {
      input.deliverBarriersTo(barriers, marks);
    }
    chain.initializeAndOpen();
    for (SourceEventLetter event : early) {
      OperatorChain.run(chain.head(), () -> event.dispatchTo(source));
    }
    early.clear();
    state = TaskState.RUNNING;
    environment.listener().running(attempt);
    return true;
  }

  private static Doing workOf(OperatorChain chain, SourceOperator<?, ?> source) {
    if (source == null) {
      return Doing.PROCESSING;
    }
    return chain.operators().size() == 1 ? Doing.READING : Doing.READING_AND_PROCESSING;
  }

  private void callAtTimeout(long checkpointId, long deadlineMillis) {
    timers.callAt(
        deadlineMillis,
        time -> {
          marks.noBarrier();
          barriers.onTimeout(checkpointId);
        });
  }

  private boolean openLetters() throws Exception {
    boolean any = false;
    for (Letter letter = mailbox.take(); letter != null; letter = mailbox.take()) {
      letter.deliverTo(letterReceiver);
      any = true;
    }
    return any;
  }

  private boolean mayContinue() {
    return !outputs.isFull() && mailbox.isEmpty();
  }

  private boolean work() throws Exception {
    if (chain.hasPendingWork()) {
      activity.is(Doing.FIRING_TIMERS);
      chain.continueWork();
      return true;
    }
    activity.is(working);
    if (inputHasEnded()) {
      return finishNext();
    }
    return source != null ? readSource() : processInput();
  }

  private boolean processInput() throws Exception {
    boolean progress = input.process();
    if (progress && debloating != null) {
      debloating.processed();
    }
    return progress;
  }

  private boolean readSource() throws Exception {
    int read =
        OperatorChain.call(chain.head(), () -> source.poll(MAX_RECORDS_PER_STEP, outputs, counter));
    // a reader may have nothing, and by the time it is asked when to come back, something
    return read > 0 || source.hasEnded() || !source.isWaiting();
  }

  private boolean inputHasEnded() {
    if (stop.isDraining()) {
      return true;
    }
    return source != null ? source.hasEnded() : input.hasEnded();
  }

  /** One piece of the way from the end of the input to the end of the task. */
  private boolean finishNext() {
    return switch (ending) {
      case NOT_BEGUN -> {
        if (input == null || chain.operators().isEmpty()) {
          sendLastWatermark();
        }
        ending = Ending.OPERATORS;
        yield true;
      }
      case OPERATORS -> {
        if (finishedOperators < chain.operators().size()) {
          chain.finish(finishedOperators++);
        } else {
          ending = Ending.LAST_CHECKPOINT;
        }
        yield true;
      }
      case LAST_CHECKPOINT -> {
        if (stop.isDraining()) {
          checkpoints.snapshot(stop.barrier());
          yield true;
        }
        if (chain.awaitsLastCheckpoint() || checkpoints.isWriting()) {
          yield false;
        }
        outputs.broadcast(new ChannelEvent.EndOfInput());
        ending = Ending.OUTPUTS;
        yield true;
      }
      case OUTPUTS -> {
        end(TaskState.FINISHED, null);
        yield true;
      }
    };
  }

  /**
   * Tasks with inputs get it from them; a source makes it, and so does a task whose operators had
   * finished before the job was restored.
   */
  private void sendLastWatermark() {
    if (chain.operators().isEmpty()) {
      outputs.broadcast(new ChannelEvent.Watermark(WatermarkMerger.LAST));
    } else {
      chain.head().context().output().emitWatermark(WatermarkMerger.LAST);
    }
  }

  private void end(TaskState how, Throwable cause) {
    TaskState reached = how;
    Throwable failure = cause;
    try {
      timers.clear();
      if (checkpoints != null) {
        checkpoints.close();
      }
      if (chain != null) {
        chain.close();
      }
    } catch (Throwable e) {
      if (failure == null && how == TaskState.FINISHED) {
        reached = TaskState.FAILED;
        failure = describe(e);
      } else if (failure != null) {
        failure.addSuppressed(e);
      }
    }
    state = reached;
    tellEnd(reached, failure);
  }

  private void tellEnd(TaskState reached, Throwable failure) {
    if (reached == TaskState.FINISHED) {
      environment.listener().finished(attempt);
    } else if (reached == TaskState.CANCELED) {
      environment.listener().canceled(attempt);
    } else {
      environment.listener().failed(attempt, failure);
    }
  }

  private TaskException describe(Throwable thrown) {
    String where =
        state == TaskState.INITIALIZING
            ? "while it restored its state and opened its operators"
            : "at "
                + (input == null
                    ? "record " + (counter.in() + 1) + " of its source"
                    : input.describePosition());
    Throwable cause = thrown instanceof OperatorException ? thrown.getCause() : thrown;
    return new TaskException(
        "Task '"
            + name
            + "' of job '"
            + environment.jobInfo().getJobName()
            + "' failed "
            + where
            + ": "
            + thrown.getMessage(),
        cause);
  }

  /** Opens the letters of this task. */
  private final class LetterReceiver implements Letter.Receiver {
    @Override
    public void onTrigger(Barrier barrier) {
      if (barriers == null || ending == Ending.OUTPUTS) {
        environment
            .listener()
            .declined(attempt, barrier.checkpointId(), DeclineReason.NOT_READY, null);
      } else {
        marks.noBarrier();
        barriers.onTrigger(barrier);
      }
    }

    @Override
    public void onBarrierAnnounced(int channel, Barrier barrier, long position) {
      if (barriers != null) {
        marks.barrierAnnounced(channel);
        barriers.onAnnouncement(channel, barrier, position);
      }
    }

    @Override
    public void onCheckpointCompleted(long checkpointId) {
      if (chain != null) {
        chain.checkpointCompleted(checkpointId);
        stop.completed(checkpointId);
      }
    }

    @Override
    public void onCheckpointAborted(long checkpointId) {
      if (chain == null) {
        return;
      }
      if (checkpointId <= checkpoints.lastTriggered() && !checkpoints.isCapturing(checkpointId)) {
        checkpoints.cancelWriting(checkpointId);
        chain.checkpointAborted(checkpointId);
        stop.aborted(checkpointId);
      } else {
        barriers.onAbort(checkpointId);
      }
    }

    @Override
    public void onSourceEvent(OperatorId operator, SourceEventLetter event) {
      if (state == TaskState.INITIALIZING) {
        early.add(event);
      } else {
        OperatorChain.run(chain.head(), () -> event.dispatchTo(source));
      }
    }

    @Override
    public void onCancel() {
      cancelRequested = true;
    }
  }
}
