package io.weir.restore;

import java.util.List;

/**
 * An earlier run of a job.
 *
 * @param description names it to people
 * @param isFinished whether it came to its own end
 * @param beganWithNothing whether it was to ignore what runs before it had left
 * @param points what it has left
 */
public record PreviousRun(
    String description, boolean isFinished, boolean beganWithNothing, List<RestorePoint> points) {
  public PreviousRun {
    points = List.copyOf(points);
  }
}
