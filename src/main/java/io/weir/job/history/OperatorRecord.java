package io.weir.job.history;

import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorSizes;

/**
 * How large one checkpoint is at one operator, all subtasks together.
 *
 * @param uid as the job's author gave it, or null
 */
public record OperatorRecord(OperatorId id, String uid, String name, OperatorSizes sizes) {}
