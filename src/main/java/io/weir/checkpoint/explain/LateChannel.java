package io.weir.checkpoint.explain;

import io.weir.snapshot.TaskId;

/**
 * The input channel of a subtask on which the barrier came last, or is still missing.
 *
 * @param producer the task that feeds it
 * @param batchesInFront how many batches of records stood in the channel in front of the barrier,
 *     or stand in it if the barrier has not come
 */
public record LateChannel(TaskId producer, long batchesInFront) {

  /** For a sentence that has named the channel already; nothing if it was empty. */
  String queue() {
    if (batchesInFront == 0) {
      return "";
    }
    return ", behind "
        + batchesInFront
        + (batchesInFront == 1 ? " batch of records" : " batches of records");
  }
}
