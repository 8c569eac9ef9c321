package io.weir.sim;

import io.weir.api.StreamJob;
import io.weir.api.datastream.DataStream;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.types.TypeInformation;
import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.config.ExecutionOptions;
import io.weir.config.MemorySize;
import io.weir.config.PipelineOptions;
import io.weir.config.RestartStrategyOptions;
import io.weir.config.SavepointOptions;
import io.weir.config.SinkOptions;
import io.weir.config.TaskManagerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A job and its configuration, drawn from a seed, and what it must commit. */
final class GeneratedJob implements StreamJob {
  static final String DIRECTORY = "memory:///checkpoints";

  /** Where savepoints go that the job takes by itself. */
  static final String SCHEDULED = "memory:///scheduled";

  /** Of second copies. */
  static final String LOCAL_DIRECTORY = "memory:///local";

  static final int MAX_PARALLELISM = 4;
  private static final int MAX_SOURCES = 3;
  private static final int MAX_OPERATORS = 6;
  private static final int MAX_SPLITS = 5;
  private static final int MAX_SPLIT_LENGTH = 50;
  private static final int MAX_RECORDS_OF_A_STREAM = 1_000;

  /** In so many jobs one fails for good after a few restarts. */
  private static final int FEW_RESTARTS_IN = 6;

  private final Random random;
  private final boolean isExactlyOnce;
  private final boolean handsOutOnDemand;
  private final List<SplitSource> sources = new ArrayList<>();
  private final List<Integer> sourceParallelisms = new ArrayList<>();
  private final List<Operation.Stage> stages = new ArrayList<>();

  /** By stream: sources first, then stages. */
  private final List<List<Event>> expected = new ArrayList<>();

  /** What is expected if nothing behind a checkpoint is ever read; else null. */
  private List<List<Event>> expectedOfCut;

  private final List<Boolean> haveTimes = new ArrayList<>();
  private final Map<Integer, LedgerSink> sinks = new TreeMap<>();
  private final List<Integer> live = new ArrayList<>();
  private final Configuration configuration;
  private final int retained;

  /** By drawn parallelism: the one that the job has at present. */
  private List<Integer> parallelisms = IntStream.rangeClosed(1, MAX_PARALLELISM).boxed().toList();

  GeneratedJob(long seed) {
    random = new Random(seed * 31 + 3);
    random.nextInt();
    isExactlyOnce = random.nextInt(10) != 0;
    handsOutOnDemand = random.nextInt(3) == 0;
    int keys = 1 + random.nextInt(12);
    int count = 1 + random.nextInt(MAX_SOURCES);
    for (int i = 0; i < count; i++) {
      addSource(i, keys);
    }
    int operators = 1 + random.nextInt(MAX_OPERATORS);
    for (int i = 0; i < operators; i++) {
      addStage();
    }
    int batchSize = random.nextBoolean() ? 1 : 1 + random.nextInt(40);
    live.forEach(stream -> sinks.put(stream, new LedgerSink(stream, batchSize)));
    retained = 1 + random.nextInt(3);
    configuration = configure();
  }

  private int parallelism() {
    return 1 + random.nextInt(MAX_PARALLELISM);
  }

  private void addSource(int index, int keys) {
    List<Integer> lengths =
        random.ints(1L + random.nextInt(MAX_SPLITS), 0, MAX_SPLIT_LENGTH).boxed().toList();
    SplitSource source = new SplitSource(index, random.nextInt(), lengths, keys, handsOutOnDemand);
    sources.add(source);
    sourceParallelisms.add(parallelism());
    add(source.all(), !handsOutOnDemand);
  }

  private void add(List<Event> events, boolean times) {
    live.add(expected.size());
    expected.add(events);
    haveTimes.add(times);
  }

  private void addStage() {
    Collections.shuffle(live, random);
    int input = live.get(0);
    int other = live.size() > 1 ? live.get(1) : -1;
    Operation operation = choose(input, other >= 0);
    if (operation == null || isLast(input) || (operation.hasTwoInputs() && isLast(other))) {
      return;
    }
    if (!operation.hasTwoInputs()) {
      other = -1;
    }
    Exchange exchange = Exchange.AS_PLANNED;
    int parallelism = parallelism();
    if (random.nextBoolean()) {
      List<Exchange> all = List.of(Exchange.values());
      exchange = all.get(random.nextInt(all.size()));
    }
    int copies = exchange == Exchange.BROADCAST ? parallelism : 1;
    if (!isPartitionFree(operation)
        || expected.get(input).size() * copies > MAX_RECORDS_OF_A_STREAM) {
      exchange = Exchange.AS_PLANNED;
    }
    OptionalInt size = operation.size(20 + random.nextInt(150), expected.get(input));
    if (size.isEmpty()) {
      return;
    }
    Operation.Stage stage =
        new Operation.Stage(
            expected.size(),
            operation,
            input,
            other,
            exchange,
            parallelism,
            size.getAsInt(),
            random.nextInt(4) == 0);
    stages.add(stage);
    List<Event> results = stage.expect(expected);
    if (random.nextInt(5) != 0) {
      live.remove((Integer) input);
    }
    if (other >= 0) {
      live.remove((Integer) other);
    }
    add(results, operation.givesTimes(haveTimes.get(input) && (other < 0 || haveTimes.get(other))));
  }

  /** Whether the operation does not choose by itself how its first input is spread. */
  private static boolean isPartitionFree(Operation operation) {
    return switch (operation) {
      case MAP, FILTER, FLAT_MAP, CO_MAP, NUMBER -> true;
      default -> false;
    };
  }

  private Operation choose(int input, boolean second) {
    List<Operation> possible = new ArrayList<>();
    boolean many = 2 * expected.get(input).size() > MAX_RECORDS_OF_A_STREAM;
    for (Operation operation : Operation.values()) {
      if ((second || !operation.hasTwoInputs())
          && (haveTimes.get(input) || !operation.needsTimes())
          && !(many && operation == Operation.FLAT_MAP)
          && (isExactlyOnce || operation.isStateless())) {
        possible.add(operation);
      }
    }
    return possible.isEmpty() ? null : possible.get(random.nextInt(possible.size()));
  }

  private boolean isLast(int stream) {
    return stream >= sources.size() && stage(stream).operation().isLast();
  }

  /** Whether there is state that expires. */
  boolean hasExpiry() {
    return stages.stream().anyMatch(stage -> stage.operation() == Operation.EXPIRE);
  }

  private Operation.Stage stage(int stream) {
    return stages.get(stream - sources.size());
  }

  private Configuration configure() {
    Configuration drawn = new Configuration();
    drawn.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, millis(10 + random.nextInt(120)));
    drawn.setString(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE.key(),
        isExactlyOnce ? "EXACTLY_ONCE" : "AT_LEAST_ONCE");
    if (random.nextInt(3) == 0) {
      drawn.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, millis(random.nextInt(60)));
    }
    boolean unaligned = isExactlyOnce && random.nextInt(5) < 3;
    if (unaligned) {
      drawn.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
      drawn.set(
          CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT,
          millis(random.nextInt(3) == 0 ? 1 + random.nextInt(60) : 0));
    }
    drawn.set(
        CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, unaligned ? 1 : 1 + random.nextInt(3));
    drawn.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, retained);
    drawn.set(
        CheckpointingOptions.CHECKPOINTING_TIMEOUT,
        millis(random.nextInt(3) == 0 ? 30 + random.nextInt(100) : 2_000 + random.nextInt(8_000)));
    int[] tolerated = {0, 1, 5, 1_000};
    String[] scheduled = {"* * * * * *", "*/2 * * * * *", "1/3 * * * * *"};
    drawn.set(
        CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, tolerated[random.nextInt(tolerated.length)]);
    drawn.set(
        CheckpointingOptions.FS_SMALL_FILE_THRESHOLD,
        new MemorySize(random.nextBoolean() ? 0 : 200));
    drawn.setString(RestartStrategyOptions.RESTART_STRATEGY.key(), "fixed-delay");
    drawn.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS,
        random.nextInt(FEW_RESTARTS_IN) == 0 ? random.nextInt(3) : Integer.MAX_VALUE);
    drawn.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, millis(random.nextInt(100)));
    drawn.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, millis(1 + random.nextInt(100)));
    drawn.set(PipelineOptions.OBJECT_REUSE, random.nextBoolean());
    drawn.set(SinkOptions.COMMITTER_RETRIES, random.nextInt(3));
    // tasks are as slow as they like, and the clock jumps
    drawn.set(TaskManagerOptions.TASK_CANCELLATION_TIMEOUT, Duration.ZERO);
    drawn.set(ExecutionOptions.SNAPSHOT_COMPRESSION, random.nextBoolean());
    if (random.nextInt(3) == 0) {
      drawn.setString(SavepointOptions.SCHEDULE.key(), scheduled[random.nextInt(scheduled.length)]);
      drawn.set(SavepointOptions.RETAINED, 1 + random.nextInt(2));
      drawn.set(SavepointOptions.RETAIN_FOR, millis(random.nextInt(2) * 1_000L));
      drawn.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, SCHEDULED);
    }
    drawn.set(CheckpointingOptions.LOCAL_BACKUP_ENABLED, random.nextBoolean());
    drawn.set(CheckpointingOptions.LOCAL_BACKUP_DIRS, List.of(LOCAL_DIRECTORY));
    drawn.set(CheckpointingOptions.FILE_MERGING_ENABLED, random.nextInt(3) == 0);
    drawn.set(
        CheckpointingOptions.FILE_MERGING_MAX_FILE_SIZE, new MemorySize(200 << random.nextInt(8)));
    drawn.set(CheckpointingOptions.FILE_MERGING_POOL_BLOCKING, random.nextBoolean());
    return drawn;
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  @Override
  public String name() {
    return "generated";
  }

  @Override
  public void define(StreamExecutionEnvironment env) {
    env.configure(configuration);
    List<DataStream<Event>> streams = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      DataStream<Event> source =
          env.fromSource(
                  sources.get(i),
                  WatermarkStrategy.forMonotonousTimestamps(),
                  "source-" + i,
                  TypeInformation.of(Event.class))
              .uid("source-" + i)
              .setParallelism(present(sourceParallelisms.get(i)));
      streams.add(source);
    }
    for (Operation.Stage stage : stages) {
      streams.add(
          stage
              .operation()
              .build(
                  stage.exchange().apply(streams.get(stage.input())),
                  stage.other() < 0 ? null : streams.get(stage.other()),
                  stage.withParallelism(present(stage.parallelism()))));
    }
    sinks.forEach(
        (stream, sink) -> {
          DataStream<Event> from = streams.get(stream);
          from.sinkTo(sink).uid("sink-" + stream).setParallelism(from.getParallelism());
        });
  }

  private int present(int drawn) {
    return parallelisms.get(drawn - 1);
  }

  /**
   * Changes the parallelism of all operators. What was equal stays equal, and so do the chains: an
   * operator that has finished must not become part of one that runs.
   *
   * @return whether the job has changed; it cannot if its results show the parallelism
   */
  boolean rescale(Random chance) {
    if (stages.stream().anyMatch(GeneratedJob::showsParallelism)) {
      return false;
    }
    List<Integer> changed = new ArrayList<>(parallelisms);
    Collections.shuffle(changed, chance);
    parallelisms = List.copyOf(changed);
    return true;
  }

  private static boolean showsParallelism(Operation.Stage stage) {
    return stage.operation() == Operation.NUMBER || stage.exchange() == Exchange.BROADCAST;
  }

  boolean isExactlyOnce() {
    return isExactlyOnce;
  }

  /** Whether checkpoints expire soon. */
  boolean isImpatient() {
    return configuration.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT).toMillis() < 1_000;
  }

  int retained() {
    return retained;
  }

  /** Of the savepoints that the job takes by itself. */
  int retainedScheduled() {
    return configuration.get(SavepointOptions.RETAINED);
  }

  Iterable<Integer> sinks() {
    return sinks.keySet();
  }

  /**
   * @param snapshotsAreClean whether all snapshots leave out what has expired if they are asked to
   */
  Expectation expectation(int sink, boolean snapshotsAreClean) {
    List<List<Event>> streams = expectedOfCut == null ? expected : expectedOfCut;
    if (!isLast(sink)) {
      return new ExpectedRecords(streams.get(sink), /* isNumbered= */ false);
    }
    Operation.Stage stage = stage(sink);
    return stage.operation() == Operation.NUMBER
        ? new ExpectedRecords(streams.get(sink), /* isNumbered= */ true)
        : new ExpectedSightings(streams.get(sink), Expiry.of(stage.size()), snapshotsAreClean);
  }

  /** The job ends as if its sources had ended at this checkpoint. */
  void endsAt(long checkpointId, Cuts cuts) {
    expectedOfCut = new ArrayList<>();
    sources.forEach(source -> expectedOfCut.add(source.inFrontOf(checkpointId, cuts)));
    stages.forEach(stage -> expectedOfCut.add(stage.expect(expectedOfCut)));
  }

  boolean endsEarly() {
    return expectedOfCut != null;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sources.size(); i++) {
      text.append("source-")
          .append(i)
          .append(": ")
          .append(sources.get(i).all().size())
          .append(" records in ")
          .append(sources.get(i).lengths().size())
          .append(" splits, parallelism ")
          .append(sourceParallelisms.get(i))
          .append('\n');
    }
    stages.forEach(stage -> text.append(stage).append('\n'));
    return text.append("sinks of ")
        .append(sinks.keySet())
        .append('\n')
        .append(configuration)
        .toString();
  }
}
