package io.weir.job;

import io.weir.snapshot.TaskId;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What is to become of a job, how far its newest attempt is, and with that what comes next. Has no
 * effects. Used by the job's actor alone.
 */
final class JobLife {
  /** What is to become of the job when the tasks that are to end have ended. */
  private enum Intent {
    RUN,
    RESTART,
    FAIL,
    CANCEL,
    SUSPEND,
    /** Another server runs the job: it is not this one's any more to write about it. */
    LEAVE
  }

  /** How far the newest attempt is. */
  private enum Stage {
    /** Until it is time for it to start. */
    WAITING,
    /** Storage and catalog are asked what it begins with. */
    PREPARING,
    /** Its tasks have been started, or it has come to its end before they were. */
    DEPLOYED
  }

  /** What comes next, once these tasks have ended and no checkpoint is being recorded. */
  enum Next {
    WAIT,
    RESTART,
    FINISHED,
    FAILED,
    CANCELED,
    SUSPENDED,
    LEFT
  }

  /** Those that start again in the next attempt; from the failure until that has begun. */
  private final Set<TaskId> restarting = new LinkedHashSet<>();

  private Intent intent = Intent.RUN;
  private Stage stage = Stage.WAITING;
  private int waits;
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

  /** Whether this wait is not over yet. */
  boolean isWaiting(int wait) {
    return stage == Stage.WAITING && wait == waits;
  }

  boolean isDeployed() {
    return stage == Stage.DEPLOYED;
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

  /**
   * These tasks are to start again, with those that are to already. A restart that waits for its
   * time is called off: what follows is decided anew.
   */
  void restart(Set<TaskId> tasks) {
    intent = Intent.RESTART;
    restarting.addAll(tasks);
    if (stage == Stage.WAITING) {
      stage = Stage.DEPLOYED;
    }
  }

  Set<TaskId> restarting() {
    return Collections.unmodifiableSet(restarting);
  }

  void fail() {
    intent = Intent.FAIL;
  }

  /** The next attempt is being prepared. */
  void preparing() {
    intent = Intent.RUN;
    stage = Stage.PREPARING;
  }

  /** It is known what the next attempt begins with, or why it cannot. */
  void prepared() {
    stage = Stage.DEPLOYED;
  }

  /** The attempt begins. */
  void deployed() {
    restarting.clear();
  }

  /**
   * The next attempt starts later.
   *
   * @return tells this wait from those that are called off
   */
  int waiting() {
    stage = Stage.WAITING;
    return ++waits;
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
      case FAIL -> Next.FAILED;
      case CANCEL -> Next.CANCELED;
      case SUSPEND -> Next.SUSPENDED;
      case LEAVE -> Next.LEFT;
    };
  }
}
