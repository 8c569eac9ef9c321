package io.weir.checkpoint.advice;

import io.weir.checkpoint.advice.Advice.IntervalAdvice;
import io.weir.checkpoint.advice.Advice.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How often to take checkpoints. Seldom ones cost little and much work has to be repeated after a
 * failure; frequent ones the other way round. Where the sum is least follows from the cost of one
 * and the mean time between failures:
 *
 * <ul>
 *   <li>J. W. Young, A first order approximation to the optimum checkpoint interval, Communications
 *       of the ACM 17(9), 1974: the root of 2CM.
 *   <li>J. T. Daly, A higher order estimate of the optimum checkpoint interval for restart dumps,
 *       Future Generation Computer Systems 22(3), 2006: the same with two more terms, which matter
 *       when one checkpoint costs a noticeable part of the time between failures.
 * </ul>
 *
 * Both count the work between the end of one checkpoint and the begin of the next; an interval here
 * is from trigger to trigger, so the cost is added. The cost is the time for which tasks are held
 * up, not a checkpoint's duration: state is written while processing goes on.
 */
final class CheckpointInterval {
  private static final long SECOND = 1_000;

  private CheckpointInterval() {}

  static IntervalAdvice of(Situation situation) {
    // figures are whole milliseconds: 0 is not nothing
    double cost = Math.max(1, situation.mean(MeasuredCheckpoint::heldUpMillis));
    double between = situation.betweenFailuresMillis();
    long duration = situation.high(MeasuredCheckpoint::durationMillis);
    long young = Math.round(young(cost, between));
    long daly = Math.round(daly(cost, between) + cost);
    long bound = situation.allowedLossMillis() - duration;
    long chosen = Math.max(duration, Math.min(Math.max(daly, 2 * duration), bound));
    long interval = rounded(chosen, duration);

    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step(
            "C, what a checkpoint costs",
            "mean of the longest hold-up in each of %d, at least 1 ms"
                .formatted(situation.checkpoints().size()),
            Math.round(cost)));
    steps.add(
        new Step(
            "D, how long one takes", "95th percentile, trigger to last acknowledgement", duration));
    steps.add(
        new Step(
            "Young", "√(2·C·M) = √(2 · %s · %s)".formatted(number(cost), number(between)), young));
    steps.add(
        new Step(
            "Daly",
            "√(2·C·M) · (1 + √(C/2M)/3 + (C/2M)/9), from trigger to trigger; M where C ≥ 2M",
            daly));
    steps.add(new Step("Room for slower ones", "at least 2·D = 2 · " + duration, 2 * duration));
    steps.add(
        new Step(
            "Bound by the allowed loss",
            "L − D = %d − %d: a crash right before the end of a checkpoint goes back to the one before"
                .formatted(situation.allowedLossMillis(), duration),
            bound));
    steps.add(
        new Step(
            "Interval",
            "max(D, min(max(Daly, 2·D), L − D)) = max(%d, min(max(%d, %d), %d)), rounded down"
                .formatted(duration, daly, 2 * duration, bound),
            interval));
    steps.add(
        new Step(
            "Loss at worst", "interval + D = " + interval + " + " + duration, interval + duration));
    return new IntervalAdvice(interval, overhead(cost, (double) interval, between), steps);
  }

  /** The optimum in first order: work between two checkpoints. */
  static double young(double cost, double betweenFailures) {
    return Math.sqrt(2 * cost * betweenFailures);
  }

  /** The optimum in higher order: work between two checkpoints. */
  static double daly(double cost, double betweenFailures) {
    if (cost >= 2 * betweenFailures) {
      return betweenFailures;
    }
    double ratio = cost / (2 * betweenFailures);
    return young(cost, betweenFailures) * (1 + Math.sqrt(ratio) / 3 + ratio / 9) - cost;
  }

  /**
   * The share of all time that is lost: the cost of each checkpoint, and with every failure on
   * average half an interval.
   */
  static double overhead(double cost, double interval, double betweenFailures) {
    return Math.min(1, cost / interval + interval / (2 * betweenFailures));
  }

  /** What a failure at the worst moment costs: right before a checkpoint would be complete. */
  static long lossMillis(Situation situation, long interval) {
    return interval + situation.high(MeasuredCheckpoint::durationMillis);
  }

  /** Down to what people would write, and not below {@code least}. */
  private static long rounded(long millis, long least) {
    long unit = millis >= 10 * SECOND ? SECOND : millis >= SECOND ? SECOND / 10 : 10;
    long down = millis / unit * unit;
    return down >= Math.max(least, unit) ? down : (Math.max(least, 1) + unit - 1) / unit * unit;
  }

  private static String number(double millis) {
    return String.format(Locale.ROOT, millis == Math.rint(millis) ? "%.0f" : "%.1f", millis);
  }
}
