package io.weir.state;

import java.util.Arrays;

/**
 * Adds up how many stored bytes are of which state, where several states are compressed together:
 * what is stored for a stretch is shared out by how many bytes each had put into it, so that the
 * shares add up to what is stored. Without compression they are exact.
 */
final class BytesByState {
  private final long[] put;
  private final long[] stored;

  /**
   * @param states how many there are; one more place is for bytes that are of none
   */
  BytesByState(int states) {
    put = new long[states + 1];
    stored = new long[states + 1];
  }

  /** Some bytes of a state go into the present stretch. */
  void put(int state, long bytes) {
    put[state] += bytes;
  }

  /** So do some that are of no state. */
  void putOfNone(long bytes) {
    put[put.length - 1] += bytes;
  }

  /** Ends the stretch: all that was put into it takes so many bytes. */
  void stored(long bytes) {
    double each = (double) bytes / Arrays.stream(put).sum();
    long putSoFar = 0;
    long given = 0;
    for (int state = 0; state < put.length; state++) {
      putSoFar += put[state];
      long upToHere = Math.min(bytes, Math.round(each * putSoFar));
      stored[state] += upToHere - given;
      given = upToHere;
    }
    Arrays.fill(put, 0);
  }

  /** How many bytes are stored of a state. */
  long of(int state) {
    return stored[state];
  }
}
