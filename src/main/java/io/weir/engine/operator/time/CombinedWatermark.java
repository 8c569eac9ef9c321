package io.weir.engine.operator.time;

/**
 * The watermark of an operator with two inputs: the smaller of the two, of those inputs that are
 * not idle.
 */
public final class CombinedWatermark {
  private final long[] watermarks = {Long.MIN_VALUE, Long.MIN_VALUE};
  private final boolean[] idle = new boolean[2];
  private long combined = Long.MIN_VALUE;

  /**
   * Takes in a watermark, which also tells that the input is not idle.
   *
   * @param input 0 or 1
   * @return whether {@link #combined()} has advanced
   */
  public boolean advance(int input, long watermark) {
    watermarks[input] = Math.max(watermarks[input], watermark);
    idle[input] = false;
    return combine();
  }

  /**
   * Takes in that an input has become idle or active.
   *
   * @param input 0 or 1
   * @return whether {@link #combined()} has advanced
   */
  public boolean setIdle(int input, boolean isIdle) {
    idle[input] = isIdle;
    return combine();
  }

  /** Whether both inputs are idle. */
  public boolean isIdle() {
    return idle[0] && idle[1];
  }

  /** Never goes back. */
  public long combined() {
    return combined;
  }

  private boolean combine() {
    if (isIdle()) {
      return false;
    }
    long first = idle[0] ? Long.MAX_VALUE : watermarks[0];
    long second = idle[1] ? Long.MAX_VALUE : watermarks[1];
    long smaller = Math.min(first, second);
    if (smaller <= combined) {
      return false;
    }
    combined = smaller;
    return true;
  }
}
