package io.weir.barrier;

import java.util.BitSet;

/** How the barriers of a test's gate are handled. */
enum GateKind {
  ALIGNED,
  AT_LEAST_ONCE,
  UNALIGNED,
  /** Aligned until a timeout. */
  TIMED,
  /** Unaligned, but the first channel has to stay aligned. */
  MIXED,
  /** Aligned until a timeout, after which the first channel has to stay aligned. */
  MIXED_TIMED;

  AlignmentMode mode() {
    return this == AT_LEAST_ONCE ? AlignmentMode.AT_LEAST_ONCE : AlignmentMode.EXACTLY_ONCE;
  }

  boolean isExact() {
    return this != AT_LEAST_ONCE;
  }

  boolean hasTimeout() {
    return this == TIMED || this == MIXED_TIMED;
  }

  boolean mayOvertake() {
    return this != ALIGNED && this != AT_LEAST_ONCE;
  }

  BitSet capturable(int channels) {
    BitSet capturable = new BitSet();
    capturable.set(this == MIXED || this == MIXED_TIMED ? 1 : 0, channels);
    return capturable;
  }

  Barrier barrier(long checkpointId) {
    if (!mayOvertake()) {
      return Scenario.barrierOf(checkpointId);
    }
    return hasTimeout() ? Scenario.timedOf(checkpointId) : Scenario.unalignedOf(checkpointId);
  }
}
