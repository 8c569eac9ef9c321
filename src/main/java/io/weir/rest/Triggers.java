package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.engine.Clock;
import io.weir.snapshot.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Checkpoints that were asked for over HTTP: whoever asks gets an id at once, and with it what has
 * become of the checkpoint, for some minutes after its end.
 */
@ApplicationScoped
public class Triggers {
  /** As Flink keeps them. */
  private static final long KEPT_MILLIS = 300_000;

  /** The same trigger id may be used for two jobs. */
  private record Key(JobId job, String trigger) {}

  private static final class Operation {
    private final CompletableFuture<Long> result;

    /** Set once, when it ends. */
    private volatile long endedMillis = Long.MAX_VALUE;

    Operation(CompletableFuture<Long> checkpoint, Clock clock) {
      this.result = checkpoint.whenComplete((id, failure) -> endedMillis = clock.nowMillis());
    }
  }

  @Inject private Clock clock;

  private final Map<Key, Operation> operations = new ConcurrentHashMap<>();

  /** Begins a checkpoint, unless one with this trigger id has been begun for the job. */
  void begin(JobId job, String trigger, Supplier<CompletableFuture<Long>> checkpoint) {
    forgetOld();
    operations.computeIfAbsent(
        new Key(job, trigger), key -> new Operation(checkpoint.get(), clock));
  }

  private void forgetOld() {
    long now = clock.nowMillis();
    operations.values().removeIf(operation -> now - KEPT_MILLIS > operation.endedMillis);
  }

  /** What has become of it; empty if there is none of this id. */
  Optional<ObjectNode> status(JobId job, String trigger) {
    forgetOld();
    return Optional.ofNullable(operations.get(new Key(job, trigger))).map(Triggers::toJson);
  }

  private static ObjectNode toJson(Operation operation) {
    ObjectNode answer = Json.object();
    CompletableFuture<Long> result = operation.result;
    answer.putObject("status").put("id", result.isDone() ? "COMPLETED" : "IN_PROGRESS");
    if (!result.isDone()) {
      return answer.putNull("operation");
    }
    ObjectNode outcome = answer.putObject("operation");
    try {
      outcome.put("checkpointId", result.join());
    } catch (CompletionException e) {
      outcome.set("failureCause", failure(e.getCause()));
    }
    return answer;
  }

  private static ObjectNode failure(Throwable thrown) {
    SerializedThrowable serialized = new SerializedThrowable(thrown);
    return Json.object()
        .put("class", serialized.originalErrorClassName())
        .put("stack-trace", serialized.fullStringifiedStackTrace())
        .put("serialized-throwable", serialized.toBase64());
  }
}
