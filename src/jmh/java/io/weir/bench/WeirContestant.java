package io.weir.bench;

import io.weir.api.environment.JobExecutionResult;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.SubtaskRecord;
import io.weir.job.history.VertexRecord;
import io.weir.job.local.LocalJobClient;
import io.weir.job.surroundings.CatalogException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import peers.CheckpointStat;
import peers.Contestant;
import peers.RunningJob;
import peers.Spec;
import peers.Types.Event;
import peers.Types.KC;
import peers.Types.KP;
import peers.Types.KT;

/** Weir, as its users would run it from a {@code main} method. */
public final class WeirContestant implements Contestant {

  @Override
  public String name() {
    return "weir";
  }

  @Override
  public String unsupported(Spec spec) {
    return null;
  }

  @Override
  public RunningJob start(Spec spec) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("parallelism.default", Integer.toString(spec.parallelism));
    configuration.setString("pipeline.object-reuse", "true");
    configuration.setString("execution.checkpointing.num-retained", "1");
    configuration.setString("execution.checkpointing.tolerable-failed-checkpoints", "1000");
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", "10");
    configuration.setString("restart-strategy.fixed-delay.delay", "0 ms");
    configuration.setString(
        "execution.checkpointing.dir", Path.of(spec.dir, "weir").toUri().toString());
    if (spec.backend.equals("rocksdb")) {
      useRocksDb(spec, configuration);
    }
    if (spec.ckptMs > 0) {
      configuration.setString("execution.checkpointing.interval", spec.ckptMs + " ms");
    }
    configuration.setString(
        "execution.checkpointing.unaligned.enabled", Boolean.toString(spec.unaligned));
    configuration.setString(
        "taskmanager.network.memory.buffer-debloat.enabled", Boolean.toString(spec.debloat));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    define(spec, env);
    return new Job((LocalJobClient) env.executeAsync(spec.name));
  }

  /** The same native memory, compression, filters and threads as Flink has. */
  private static void useRocksDb(Spec spec, Configuration configuration) {
    configuration.setString("state.backend.type", "rocksdb");
    configuration.setString("execution.checkpointing.incremental", "true");
    String prefix = "state.backend.rocksdb.";
    configuration.setString(prefix + "localdir", Path.of(spec.dir, "weir-rocks").toString());
    configuration.setString(prefix + "memory.fixed-per-tm", spec.flinkManagedMb + " mb");
    configuration.setString(prefix + "use-bloom-filter", "true");
    configuration.setString(prefix + "thread.num", "2");
    configuration.setString(prefix + "compression.per.level", "NO_COMPRESSION");
    configuration.setString(prefix + "checkpoint.transfer.thread.num", "2");
  }

  private static void define(Spec spec, StreamExecutionEnvironment env) {
    switch (spec.shape) {
      case COUNT ->
          env.fromSource(
                  new SplitSource<>(spec, position -> position.key),
                  WatermarkStrategy.noWatermarks(),
                  "source",
                  Types.LONG)
              .keyBy(key -> key, Types.LONG)
              .process(new Functions.Count(), TypeInformation.of(KC.class))
              .sinkTo(new ChecksumSink<KC>(spec, (sink, c) -> sink.accept(c.key, c.count)));
      case VALUE ->
          env.fromSource(
                  new SplitSource<>(spec, position -> new KT(position.key, position.ts)),
                  WatermarkStrategy.noWatermarks(),
                  "source")
              .keyBy(record -> record.key, Types.LONG)
              .process(new Functions.Value(spec), TypeInformation.of(KC.class))
              .sinkTo(new ChecksumSink<KC>(spec, (sink, c) -> sink.accept(c.key, c.count, c.ts)));
      case SLOW ->
          env.fromSource(
                  new SplitSource<>(spec, position -> new KP(position.key, 0, position.payload())),
                  WatermarkStrategy.noWatermarks(),
                  "source",
                  // without it nothing in flight behind the source could be part of a checkpoint
                  TypeInformation.of(KP.class))
              .keyBy(record -> record.key, Types.LONG)
              .process(new Functions.SlowCount())
              .rebalance()
              .sinkTo(
                  new ChecksumSink<KP>(
                      spec, (sink, r) -> sink.acceptSlow(r.key, r.count, r.payload)));
      case WORDS ->
          env.fromSource(
                  new SplitSource<>(spec, position -> position.line()),
                  WatermarkStrategy.noWatermarks(),
                  "source",
                  Types.STRING)
              .flatMap(new Functions.Split(), Types.STRING)
              .keyBy(word -> word, Types.STRING)
              .process(new Functions.WordCount(), TypeInformation.of(KC.class))
              .sinkTo(new ChecksumSink<KC>(spec, (sink, c) -> sink.accept(c.key, c.count)));
      case POJO ->
          env.fromSource(
                  new SplitSource<>(spec, WeirContestant::event),
                  WatermarkStrategy.noWatermarks(),
                  "source")
              .keyBy(event -> event.user, Types.INT)
              .process(new Functions.PerUser())
              .keyBy(event -> event.item, Types.INT)
              .process(new Functions.PerItem(), TypeInformation.of(KC.class))
              .sinkTo(
                  new ChecksumSink<KC>(spec, (sink, c) -> sink.acceptDelta(c.key, c.count, c.ts)));
    }
  }

  private static Event event(peers.SourceLogic position) {
    Event event = new Event();
    position.fill(event);
    return event;
  }

  private static final class Job implements RunningJob {
    private final LocalJobClient client;
    private final CompletableFuture<JobExecutionResult> result;

    Job(LocalJobClient client) {
      this.client = client;
      this.result = client.getJobExecutionResult();
    }

    @Override
    public void awaitFinished() throws Exception {
      result.get(10, TimeUnit.MINUTES);
    }

    @Override
    public List<CheckpointStat> checkpoints() {
      List<CheckpointRecord> records;
      try {
        records = new ArrayList<>(client.checkpoints(1_000));
      } catch (CatalogException e) {
        throw new IllegalStateException(e);
      }
      Collections.reverse(records);
      return records.stream()
          .filter(record -> record.status() == CheckpointStatus.COMPLETED)
          .map(Job::stat)
          .toList();
    }

    private static CheckpointStat stat(CheckpointRecord record) {
      return new CheckpointStat(
          record.id(),
          record.triggeredMillis(),
          record.durationMillis(record.endedMillis()),
          most(record, SubtaskRecord::syncMillis),
          most(record, SubtaskRecord::asyncMillis),
          most(record, SubtaskRecord::alignmentMillis),
          most(record, SubtaskRecord::startDelayMillis),
          record.writtenBytes(),
          record.stateBytes(),
          most(record, SubtaskRecord::persistedBytes));
    }

    private static long most(CheckpointRecord record, ToLongFunction<SubtaskRecord> figure) {
      return record.vertices().stream()
          .map(VertexRecord::subtasks)
          .flatMap(List::stream)
          .mapToLong(figure)
          .max()
          .orElse(-1);
    }

    @Override
    public Map<String, Object> extras() {
      return Map.of();
    }

    @Override
    public Throwable failure() {
      if (!result.isCompletedExceptionally()) {
        return null;
      }
      try {
        result.get();
        return null;
      } catch (InterruptedException | ExecutionException e) {
        return e;
      }
    }

    @Override
    public void close() throws Exception {
      if (!result.isDone()) {
        client.cancel().get(60, TimeUnit.SECONDS);
      }
    }
  }
}
