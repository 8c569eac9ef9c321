package io.weir.checkpoint.advice;

/** Recommends how a job takes checkpoints. Pure. */
public final class Adviser {

  private Adviser() {}

  public static Advice advise(Situation situation) {
    Advice.IntervalAdvice interval = CheckpointInterval.of(situation);
    return new Advice(
        interval,
        BarrierRules.of(situation, interval.millis()),
        BackendRules.of(situation),
        CheckpointInterval.lossMillis(situation, interval.millis())
            <= situation.allowedLossMillis());
  }
}
