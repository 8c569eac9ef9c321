package io.weir.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.checkpoint.advice.Advice;
import io.weir.checkpoint.advice.Adviser;
import io.weir.checkpoint.advice.MeasuredCheckpoint;
import io.weir.checkpoint.advice.Situation;
import io.weir.checkpoint.advice.Situation.Backend;
import io.weir.checkpoint.advice.Situation.BarrierMode;
import io.weir.config.CheckpointingMode;
import io.weir.config.CheckpointingOptions;
import io.weir.config.ConfigOption;
import io.weir.config.ConfigOptions;
import io.weir.config.Configuration;
import io.weir.config.IllegalConfigurationException;
import io.weir.config.StateBackendOptions;
import io.weir.job.Dispatcher;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.CheckpointStatus;
import io.weir.job.history.SubtaskRecord;
import io.weir.job.surroundings.CatalogException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/** How a job should take checkpoints, drawn from what its last ones have cost. */
@Path("/weir/v1/jobs/{name}/advice")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AdviceResource {
  private static final int LOOK_BACK = 100;

  private static final ConfigOption<Duration> ALLOWED_LOSS = duration("rpo", Duration.ofMinutes(1));
  private static final ConfigOption<Duration> BETWEEN_FAILURES =
      duration("mtbf", Duration.ofDays(1));

  @Inject private JobSummaries jobs;
  @Inject private Dispatcher dispatcher;

  private static ConfigOption<Duration> duration(String name, Duration otherwise) {
    return ConfigOptions.key(name)
        .durationType()
        .defaultValue(otherwise)
        .withLimit(value -> value.toMillis() > 0, "at least 1 ms");
  }

  /**
   * Interval, handling of barriers and state backend, with the arithmetic and the reasons.
   *
   * @param rpo how much processed work may have to be repeated after a failure, such as {@code 30s}
   * @param mtbf mean time between failures, such as {@code 7d}
   */
  @GET
  public ObjectNode get(
      @PathParam("name") String name,
      @QueryParam("rpo") String rpo,
      @QueryParam("mtbf") String mtbf)
      throws CatalogException {
    JobSummary job = jobs.named(name);
    Duration allowedLoss = value(ALLOWED_LOSS, rpo);
    Duration betweenFailures = value(BETWEEN_FAILURES, mtbf);
    List<MeasuredCheckpoint> measured =
        dispatcher.catalog().checkpoints(job.id(), LOOK_BACK).stream()
            .filter(row -> row.status() == CheckpointStatus.COMPLETED)
            .filter(row -> !row.type().isSavepoint())
            .map(AdviceResource::measured)
            .toList();
    if (measured.isEmpty()) {
      throw ApiException.conflict(
          "None of the last checkpoints of job '%s' was completed: nothing is measured yet."
              .formatted(name));
    }
    Configuration configuration = Configuration.fromMap(job.configuration());
    Situation situation =
        new Situation(
            measured,
            configuration.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE)
                == CheckpointingMode.EXACTLY_ONCE,
            mode(configuration),
            configuration.get(StateBackendOptions.STATE_BACKEND).equals("rocksdb")
                ? Backend.ROCKSDB
                : Backend.HASHMAP,
            Runtime.getRuntime().maxMemory(),
            allowedLoss.toMillis(),
            betweenFailures.toMillis());
    return json(name, situation, Adviser.advise(situation), configuration);
  }

  private static Duration value(ConfigOption<Duration> parameter, String text) {
    try {
      return text == null ? parameter.defaultValue() : parameter.parse(text);
    } catch (IllegalConfigurationException e) {
      throw ApiException.badRequest(e.getMessage());
    }
  }

  private static BarrierMode mode(Configuration configuration) {
    if (!configuration.get(CheckpointingOptions.ENABLE_UNALIGNED)) {
      return BarrierMode.ALIGNED;
    }
    return configuration.get(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT).isZero()
        ? BarrierMode.UNALIGNED
        : BarrierMode.ALIGNED_WITH_TIMEOUT;
  }

  private static MeasuredCheckpoint measured(CheckpointRecord row) {
    return new MeasuredCheckpoint(
        Math.max(0, CheckpointJson.endToEndDuration(row)),
        most(row, each -> each.syncMillis() + (each.isUnaligned() ? 0 : each.alignmentMillis())),
        most(row, each -> each.startDelayMillis() + each.alignmentMillis()),
        most(row, SubtaskRecord::asyncMillis),
        row.stateBytes(),
        CheckpointJson.persistedBytes(row));
  }

  private static long most(CheckpointRecord row, ToLongFunction<SubtaskRecord> figure) {
    return row.vertices().stream()
        .flatMap(vertex -> vertex.subtasks().stream())
        .mapToLong(figure)
        .max()
        .orElse(0);
  }

  private static ObjectNode json(
      String name, Situation situation, Advice advice, Configuration present) {
    ObjectNode answer =
        Json.object()
            .put("name", name)
            .put("rpo", situation.allowedLossMillis())
            .put("mtbf", situation.betweenFailuresMillis())
            .put("checkpoints", situation.checkpoints().size())
            .put("keeps_rpo", advice.keepsAllowedLoss())
            .put("overhead", advice.interval().overhead());
    ArrayNode arithmetic = answer.putArray("arithmetic");
    for (Advice.Step step : advice.interval().steps()) {
      arithmetic
          .addObject()
          .put("name", step.name())
          .put("formula", step.formula())
          .put("millis", step.millis());
    }
    answer
        .putObject("reasons")
        .put("barriers", advice.barriers().why())
        .put("backend", advice.backend().why());
    ArrayNode settings = answer.putArray("settings");
    BarrierMode mode = advice.barriers().mode();
    boolean isIncremental = advice.backend().backend() == Backend.ROCKSDB;
    add(
        settings,
        present,
        CheckpointingOptions.CHECKPOINTING_INTERVAL,
        Duration.ofMillis(advice.interval().millis()));
    add(settings, present, CheckpointingOptions.ENABLE_UNALIGNED, mode != BarrierMode.ALIGNED);
    if (mode != BarrierMode.ALIGNED) {
      add(
          settings,
          present,
          CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT,
          Duration.ofMillis(advice.barriers().timeoutMillis()));
    }
    add(
        settings,
        present,
        StateBackendOptions.STATE_BACKEND,
        isIncremental ? "rocksdb" : "hashmap");
    if (isIncremental) {
      add(settings, present, CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    }
    return answer;
  }

  private static <T> void add(
      ArrayNode settings, Configuration present, ConfigOption<T> option, T advised) {
    T now = present.get(option);
    settings
        .addObject()
        .put("key", option.key())
        .put("present", now == null ? null : option.format(now))
        .put("advised", option.format(advised));
  }
}
