package io.weir.job;

/**
 * What is to become of a job, how far its present attempt is, and with that what comes next. Has no
 * effects. Used by the job's actor alone.
 */
final class JobLife {
  /** What is to become of the job when its tasks have ended. */
  private enum Intent {
    RUN,
    RESTART,
    CANCEL,
    SUSPEND,
    /** Another server runs the job: it is not this one's any more to write about it. */
    LEAVE
  }

  /** How far the present attempt is. */
  private enum Stage {
    /** Until it is time for it to start. */
    WAITING,
    /** Storage and catalog are asked what it begins with. */
    PREPARING,
    /** Its tasks have been started, or it has come to its end before they were. */
    DEPLOYED
  }

  /** What comes next, once no task runs and no checkpoint is being recorded. */
  enum Next {
    WAIT,
    RESTART,
    FINISHED,
    CANCELED,
    SUSPENDED,
    LEFT
  }

  private Intent intent = Intent.RUN;
  private Stage stage = Stage.WAITING;
  private boolean ended;

  boolean isEnded() {
    return ended;
  }

  /** Whether nothing has happened and nobody has asked for anything that makes its tasks stop. */
  boolean isToRun() {
    return intent == Intent.RUN && !ended;
  }

  boolean isRestarting() {
    return intent == Intent.RESTART;
  }

  boolean isSuspending() {
    return intent == Intent.SUSPEND;
  }

  boolean isLeft() {
    return intent == Intent.LEAVE;
  }

  boolean isWaiting() {
    return stage == Stage.WAITING;
  }

  boolean isPreparing() {
    return stage == Stage.PREPARING;
  }

  /** Whether it is settled that the job ends here for good. */
  boolean isGivenUp() {
    return ended || intent == Intent.CANCEL || intent == Intent.LEAVE;
  }

  void cancel() {
    intent = Intent.CANCEL;
  }

  void suspend() {
    intent = Intent.SUSPEND;
  }

  void leave() {
    intent = Intent.LEAVE;
  }

  void restart() {
    intent = Intent.RESTART;
  }

  /** The next attempt is being prepared. */
  void preparing() {
    intent = Intent.RUN;
    stage = Stage.PREPARING;
  }

  void deployed() {
    stage = Stage.DEPLOYED;
  }

  /** The next attempt starts later. */
  void waiting() {
    stage = Stage.WAITING;
  }

  void end() {
    ended = true;
  }

  /**
   * What comes next.
   *
   * @param isAllFinished whether the attempt has tasks and all have come to the end of their input
   */
  Next next(boolean isAllFinished) {
    return switch (intent) {
      case RUN -> isAllFinished ? Next.FINISHED : Next.WAIT;
      // else the next attempt is under way already: there must never be two
      case RESTART -> stage == Stage.DEPLOYED ? Next.RESTART : Next.WAIT;
      case CANCEL -> Next.CANCELED;
      case SUSPEND -> Next.SUSPENDED;
      case LEAVE -> Next.LEFT;
    };
  }
}
