package io.weir.bench;

import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import io.weir.config.Configuration;
import java.nio.file.Path;
import peers.Spec;
import peers.Types.Event;
import peers.Types.KC;
import peers.Types.KP;
import peers.Types.KT;

/** What the author of a workload writes, whether it runs in a {@code main} method or a server. */
final class Program {
  private Program() {}

  /** The workload, with its settings, in an environment that has not been executed yet. */
  static StreamExecutionEnvironment of(Spec spec) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(settings(spec));
    define(spec, env);
    return env;
  }

  private static Configuration settings(Spec spec) {
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
    configuration.setString("taskmanager.thread-per", spec.weirThreadPer);
    configuration.setString(
        "taskmanager.network.memory.buffer-debloat.enabled", Boolean.toString(spec.debloat));
    return configuration;
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
                  new SplitSource<>(spec, Program::event),
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
}
