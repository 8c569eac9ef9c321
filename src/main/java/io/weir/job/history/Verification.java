package io.weir.job.history;

/**
 * What reading a snapshot from its first to its last byte has come to.
 *
 * @param atMillis when it was read, milliseconds since the epoch
 * @param damage what is wrong, for people; null if it is sound
 */
public record Verification(long atMillis, String damage) {

  public boolean isSound() {
    return damage == null;
  }
}
