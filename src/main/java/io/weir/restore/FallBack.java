package io.weir.restore;

import io.weir.config.DamagedCheckpoint;
import io.weir.config.StateRecoveryOptions;
import java.util.List;

/**
 * What it means for a job to go back behind a damaged snapshot, and whether it may.
 *
 * @param policy of a job that has two-phase sinks
 * @param twoPhaseSinks names of the sinks that commit when a checkpoint is complete
 */
public record FallBack(DamagedCheckpoint policy, List<String> twoPhaseSinks) {
  static final String OPTION = StateRecoveryOptions.DAMAGED_CHECKPOINT.key();

  public FallBack {
    twoPhaseSinks = List.copyOf(twoPhaseSinks);
  }

  boolean isRefused() {
    return policy == DamagedCheckpoint.FAIL && !twoPhaseSinks.isEmpty();
  }

  /** The end of a sentence: what is repeated outside of the job. */
  String repetition() {
    return twoPhaseSinks.isEmpty()
        ? ""
        : ", and what "
            + String.join(", ", twoPhaseSinks)
            + " had committed in that time is committed once more";
  }
}
