package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.engine.Clock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What was asked for over HTTP and takes its time: whoever asks gets an id at once, and with it
 * what has become of it, for some minutes after its end.
 */
@ApplicationScoped
public class Triggers {
  /** As Flink keeps them. */
  private static final long KEPT_MILLIS = 300_000;

  /** What can be asked for. Flink does not name the reason of a failure the same everywhere. */
  enum Kind {
    CHECKPOINT("failureCause"),
    SAVEPOINT("failure-cause"),
    DISPOSAL("failure-cause"),
    ORPHANS("failure-cause");

    private final String failureField;

    Kind(String failureField) {
      this.failureField = failureField;
    }
  }

  /** The same trigger id may be used for two jobs. */
  private record Key(Kind kind, String subject, String trigger) {}

  private static final class Operation {
    private final CompletableFuture<ObjectNode> result;

    /** Set once, when it ends. */
    private volatile long endedMillis = Long.MAX_VALUE;

    Operation(CompletableFuture<ObjectNode> running, Clock clock) {
      this.result = running.whenComplete((done, failure) -> endedMillis = clock.nowMillis());
    }
  }

  @Inject private Clock clock;

  private final Map<Key, Operation> operations = new ConcurrentHashMap<>();

  /**
   * Begins an operation, unless one with this trigger id has been begun for the subject.
   *
   * @param subject what it is about: the id of a job
   * @param operation gives the result; what it throws because there is no such job is the
   *     operation's failure, what it throws because it cannot do as asked is answered with 400
   */
  Response begin(
      Kind kind,
      String subject,
      String trigger,
      Supplier<CompletableFuture<ObjectNode>> operation) {
    forgetOld();
    operations.computeIfAbsent(
        new Key(kind, subject, trigger), key -> new Operation(start(operation), clock));
    return Response.accepted(Json.object().put("request-id", trigger)).build();
  }

  private static CompletableFuture<ObjectNode> start(
      Supplier<CompletableFuture<ObjectNode>> operation) {
    try {
      return operation.get();
    } catch (NoSuchElementException e) {
      return CompletableFuture.failedFuture(e);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(e.getMessage());
    }
  }

  private void forgetOld() {
    long now = clock.nowMillis();
    operations.values().removeIf(operation -> now - KEPT_MILLIS > operation.endedMillis);
  }

  /** What has become of it; empty if there is none of this id. */
  Optional<ObjectNode> status(Kind kind, String subject, String trigger) {
    forgetOld();
    return Optional.ofNullable(operations.get(new Key(kind, subject, trigger)))
        .map(operation -> toJson(operation, kind));
  }

  private static ObjectNode toJson(Operation operation, Kind kind) {
    ObjectNode answer = Json.object();
    CompletableFuture<ObjectNode> result = operation.result;
    answer.putObject("status").put("id", result.isDone() ? "COMPLETED" : "IN_PROGRESS");
    if (!result.isDone()) {
      return answer.putNull("operation");
    }
    try {
      answer.set("operation", result.join());
    } catch (CompletionException e) {
      answer.putObject("operation").set(kind.failureField, failure(e.getCause()));
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
