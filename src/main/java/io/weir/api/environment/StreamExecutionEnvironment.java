package io.weir.api.environment;

import io.weir.api.connector.Source;
import io.weir.api.connector.lib.CollectionSource;
import io.weir.api.connector.lib.NumberSequenceSource;
import io.weir.api.datastream.DataStreamSource;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.graph.SourceTransformation;
import io.weir.api.graph.Transformation;
import io.weir.api.state.EmbeddedRocksDBStateBackend;
import io.weir.api.state.StateBackend;
import io.weir.api.types.TypeExtraction;
import io.weir.api.types.TypeInformation;
import io.weir.config.CheckpointingMode;
import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.config.PipelineOptions;
import io.weir.config.StateBackendOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Where a job is described and started. In a {@code main} method it runs the job in the same
 * process; in a server it belongs to the job that is being defined.
 *
 * <p>What is set here wins over the configuration of the server.
 */
public class StreamExecutionEnvironment {
  private static final String DEFAULT_JOB_NAME = "Weir Streaming Job";

  /** The environment of the job that the thread is defining. */
  private static final ThreadLocal<StreamExecutionEnvironment> IN_SCOPE = new ThreadLocal<>();

  private final Configuration configuration;
  private final Supplier<JobExecutor> executor;
  private final CheckpointConfig checkpointConfig;
  private final ExecutionConfig executionConfig;
  private final List<Transformation<?>> transformations = new ArrayList<>();
  private int lastTransformationId;

  /**
   * Creates an environment that hands its job to an executor.
   *
   * @param configuration the settings to begin with; copied
   * @param executor runs the job
   */
  public StreamExecutionEnvironment(Configuration configuration, JobExecutor executor) {
    this(configuration, () -> executor);
    Objects.requireNonNull(executor, "executor");
  }

  private StreamExecutionEnvironment(Configuration configuration, Supplier<JobExecutor> executor) {
    this.configuration = new Configuration(configuration);
    this.executor = executor;
    this.checkpointConfig = new CheckpointConfig(this.configuration);
    this.executionConfig = new ExecutionConfig(this.configuration);
  }

  /** The environment of the job that is being defined, or else a new local one. */
  public static StreamExecutionEnvironment getExecutionEnvironment() {
    return getExecutionEnvironment(new Configuration());
  }

  /** As {@link #getExecutionEnvironment()}, with settings. */
  public static StreamExecutionEnvironment getExecutionEnvironment(Configuration configuration) {
    StreamExecutionEnvironment inScope = IN_SCOPE.get();
    if (inScope == null) {
      return createLocalEnvironment(configuration);
    }
    inScope.configure(configuration);
    return inScope;
  }

  /** A new environment that runs the job in this process. */
  public static StreamExecutionEnvironment createLocalEnvironment() {
    return createLocalEnvironment(new Configuration());
  }

  /** As {@link #createLocalEnvironment()}, with a default parallelism. */
  public static StreamExecutionEnvironment createLocalEnvironment(int parallelism) {
    return createLocalEnvironment().setParallelism(parallelism);
  }

  /** As {@link #createLocalEnvironment()}, with settings. */
  public static StreamExecutionEnvironment createLocalEnvironment(Configuration configuration) {
    return new StreamExecutionEnvironment(configuration, InstalledExecutor::find);
  }

  /**
   * Runs an action for whose thread {@link #getExecutionEnvironment()} is this environment: what a
   * server does around the definition of a job.
   */
  public <V> V callInScope(Callable<V> action) throws Exception {
    StreamExecutionEnvironment outer = IN_SCOPE.get();
    IN_SCOPE.set(this);
    try {
      return action.call();
    } finally {
      if (outer == null) {
        IN_SCOPE.remove();
      } else {
        IN_SCOPE.set(outer);
      }
    }
  }

  /** All settings that were made; the live object. */
  public Configuration getConfiguration() {
    return configuration;
  }

  public ExecutionConfig getConfig() {
    return executionConfig;
  }

  public CheckpointConfig getCheckpointConfig() {
    return checkpointConfig;
  }

  /** Takes over the settings of a configuration. */
  public void configure(Configuration other) {
    configuration.addAll(other);
  }

  /** The parallelism of operators for which the author sets none. */
  public int getParallelism() {
    return executionConfig.getParallelism();
  }

  /** Sets the parallelism of operators for which the author sets none. */
  public StreamExecutionEnvironment setParallelism(int parallelism) {
    executionConfig.setParallelism(parallelism);
    return this;
  }

  /** The number of key groups of operators for which the author sets none; -1 to derive it. */
  public int getMaxParallelism() {
    return executionConfig.getMaxParallelism();
  }

  /** Sets the number of key groups of operators for which the author sets none. */
  public StreamExecutionEnvironment setMaxParallelism(int maxParallelism) {
    executionConfig.setMaxParallelism(maxParallelism);
    return this;
  }

  /** Runs every operator as a task of its own. */
  public StreamExecutionEnvironment disableOperatorChaining() {
    configuration.set(PipelineOptions.OPERATOR_CHAINING, false);
    return this;
  }

  public boolean isChainingEnabled() {
    return configuration.get(PipelineOptions.OPERATOR_CHAINING);
  }

  /**
   * Takes checkpoints periodically, exactly once.
   *
   * @param interval milliseconds between the starts of two checkpoints, at least 10
   */
  public StreamExecutionEnvironment enableCheckpointing(long interval) {
    checkpointConfig.setCheckpointInterval(interval);
    return this;
  }

  /** As {@link #enableCheckpointing(long)}, in a mode. */
  public StreamExecutionEnvironment enableCheckpointing(long interval, CheckpointingMode mode) {
    checkpointConfig.setCheckpointingMode(mode);
    checkpointConfig.setCheckpointInterval(interval);
    return this;
  }

  public long getCheckpointInterval() {
    return checkpointConfig.getCheckpointInterval();
  }

  public CheckpointingMode getCheckpointingMode() {
    return checkpointConfig.getCheckpointingMode();
  }

  /** Sets where working state lives; the same as the option {@code state.backend.type}. */
  public StreamExecutionEnvironment setStateBackend(StateBackend backend) {
    configuration.set(StateBackendOptions.STATE_BACKEND, backend.getName());
    if (backend instanceof EmbeddedRocksDBStateBackend rocksDb) {
      rocksDb
          .getIncremental()
          .ifPresent(on -> configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, on));
    }
    return this;
  }

  /** Sets whether and when the job starts again after a failure. */
  public void setRestartStrategy(
      RestartStrategies.RestartStrategyConfiguration restartStrategyConfiguration) {
    executionConfig.setRestartStrategy(restartStrategyConfiguration);
  }

  /** Reads from a source. */
  public <T> DataStreamSource<T> fromSource(
      Source<T, ?, ?> source, WatermarkStrategy<T> timestampsAndWatermarks, String sourceName) {
    return fromSource(
        source,
        timestampsAndWatermarks,
        sourceName,
        TypeExtraction.<T>outputType(source, Source.class, 0).orElse(null));
  }

  /** As the method above, for records whose type cannot be found out. */
  public <T> DataStreamSource<T> fromSource(
      Source<T, ?, ?> source,
      WatermarkStrategy<T> timestampsAndWatermarks,
      String sourceName,
      TypeInformation<T> typeInfo) {
    return new DataStreamSource<>(
        this,
        addTransformation(
            new SourceTransformation<>(
                nextTransformationId(), sourceName, source, timestampsAndWatermarks, typeInfo)));
  }

  /** The numbers from the first to the last, spread over the subtasks. */
  public DataStreamSource<Long> fromSequence(long from, long to) {
    return fromSource(
        new NumberSequenceSource(from, to), WatermarkStrategy.noWatermarks(), "Sequence Source");
  }

  /** The given values, in their order. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the values are only read
  public final <T> DataStreamSource<T> fromData(T... data) {
    return fromData(Arrays.asList(data));
  }

  /** The given values, in their order. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the values are only read
  public final <T> DataStreamSource<T> fromData(TypeInformation<T> typeInfo, T... data) {
    return fromData(Arrays.asList(data), typeInfo);
  }

  /** The given values, in their order. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the values are only read
  public final <T> DataStreamSource<T> fromData(Class<T> type, T... data) {
    return fromData(Arrays.asList(data), TypeInformation.of(type));
  }

  /** The values of a collection, in its order. */
  public <T> DataStreamSource<T> fromData(Collection<T> data) {
    return fromData(data, ElementTypes.of(data));
  }

  /** As {@link #fromData(Collection)}, for values whose type cannot be found out. */
  public <T> DataStreamSource<T> fromData(Collection<T> data, TypeInformation<T> typeInfo) {
    return fromSource(
            new CollectionSource<>(data),
            WatermarkStrategy.noWatermarks(),
            "Collection Source",
            typeInfo)
        .setParallelism(1);
  }

  /** The same as {@link #fromData(Object...)}, by its name in Flink 1. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the values are only read
  public final <T> DataStreamSource<T> fromElements(T... data) {
    return fromData(Arrays.asList(data));
  }

  /** The same as {@link #fromData(Collection)}, by its name in Flink 1. */
  public <T> DataStreamSource<T> fromCollection(Collection<T> data) {
    return fromData(data);
  }

  /** The same as {@link #fromData(Collection, TypeInformation)}, by its name in Flink 1. */
  public <T> DataStreamSource<T> fromCollection(Collection<T> data, TypeInformation<T> typeInfo) {
    return fromData(data, typeInfo);
  }

  /** A number for a new node of the graph. */
  public int nextTransformationId() {
    return ++lastTransformationId;
  }

  /** Adds a node to the graph. */
  public <X extends Transformation<?>> X addTransformation(X transformation) {
    transformations.add(transformation);
    return transformation;
  }

  /** All nodes of the graph; inputs stand before their consumers. */
  public List<Transformation<?>> getTransformations() {
    return List.copyOf(transformations);
  }

  /** Runs the job under a default name, and waits until it has finished. */
  public JobExecutionResult execute() throws Exception {
    return execute(defaultJobName());
  }

  /**
   * Runs the job and waits until it has finished.
   *
   * @throws Exception if the job is refused, fails or is cancelled
   */
  public JobExecutionResult execute(String jobName) throws Exception {
    JobClient client = executeAsync(jobName);
    try {
      return client.getJobExecutionResult().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Starts the job under a default name. */
  public JobClient executeAsync() throws Exception {
    return executeAsync(defaultJobName());
  }

  /**
   * Starts the job.
   *
   * @throws Exception if the job is refused
   */
  public JobClient executeAsync(String jobName) throws Exception {
    Objects.requireNonNull(jobName, "jobName");
    return executor.get().submit(jobName, getTransformations(), new Configuration(configuration));
  }

  /**
   * Would the job start with the snapshot at {@code execution.state-recovery.path}? Answers for
   * each operator and state, and changes nothing: not the snapshot, and no job that runs.
   *
   * @param openFunctions whether the job's functions are opened, each once, in surroundings that
   *     keep nothing: many ask for their states only then. Whatever else they do when they open,
   *     they do. Without it such states are reported as unknown
   * @throws Exception if the job is refused, whatever it would begin with
   */
  public RestoreReport dryRun(String jobName, boolean openFunctions) throws Exception {
    Objects.requireNonNull(jobName, "jobName");
    return executor
        .get()
        .dryRun(jobName, getTransformations(), new Configuration(configuration), openFunctions);
  }

  private String defaultJobName() {
    return configuration.get(PipelineOptions.NAME, DEFAULT_JOB_NAME);
  }
}
