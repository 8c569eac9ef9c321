package io.weir.plan;

/**
 * Names one life of a task manager: who takes the place of one that is lost has another id.
 *
 * @param number from 1
 * @param incarnation from 1
 */
public record TaskManagerId(int number, int incarnation) {

  /** Who takes its place when it is lost. */
  public TaskManagerId next() {
    return new TaskManagerId(number, incarnation + 1);
  }

  /** As Flink writes such ids: where it is, and what tells it from others there. */
  @Override
  public String toString() {
    return "localhost:" + number + "-" + incarnation;
  }
}
