package io.weir.engine;

import io.weir.api.functions.JobInfo;
import io.weir.engine.operator.OperatorFactory;
import io.weir.snapshot.StateReader;
import io.weir.state.StateBackendFactory;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What all tasks of one attempt of a job share. Everything in it is safe for use by several
 * threads.
 *
 * @param async runs the asynchronous parts of snapshots; they may take long
 * @param injector gives a function's fields what they ask the surroundings for
 */
public record TaskEnvironment(
    JobInfo jobInfo,
    Clock clock,
    Executor async,
    OperatorFactory operators,
    StateBackendFactory stateBackend,
    StateReader reader,
    SnapshotWriters writers,
    TaskListener listener,
    Consumer<Object> injector,
    TaskSettings settings) {}
