package io.weir.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Decides when whoever operates the job wants something of it, and what. */
final class Orders {
  /** What they may want. */
  enum Order {
    CHECKPOINT,
    /** The job goes on behind it. */
    SAVEPOINT,
    /** The job stops, and a new run begins with its savepoint. */
    STOP,
    /** The job comes to its end as if its sources had. */
    DRAIN,
    /** A snapshot is to be removed. */
    DISPOSE,
    /** The job stops, and goes on when it is started by its name. */
    SUSPEND,
    /** The server stops in an orderly way, and starts again. */
    STOP_SERVER,
    /** The job stops for good. */
    CANCEL
  }

  private static final int MAX_ORDERS = 8;
  private static final int[] MEAN_GAPS = {20, 100, 500};

  /** In so many runs one has its job canceled, and one has it drained. */
  private static final int ENDED_IN = 20;

  /** In so many starts somebody asks for a checkpoint at once. */
  private static final int CHECKPOINT_AT_START_IN = 3;

  /** In so many restarts the job has another parallelism. */
  private static final int RESCALED_IN = 3;

  private static final int LONGEST_PAUSE_MILLIS = 2_000;

  private final Random random;
  private final List<Order> kinds = new ArrayList<>();
  private final int meanGap;
  private int left;
  private long nextStep;

  Orders(Random random) {
    this.random = random;
    random.nextInt();
    for (Order order : Order.values()) {
      boolean isEnd = order == Order.CANCEL || order == Order.DRAIN;
      if (random.nextInt(isEnd ? ENDED_IN : 2) == 0) {
        kinds.add(order);
      }
    }
    left = kinds.isEmpty() ? 0 : random.nextInt(MAX_ORDERS + 1);
    meanGap = MEAN_GAPS[random.nextInt(MEAN_GAPS.length)];
    nextStep = gap();
  }

  private long gap() {
    return 1L + random.nextInt(2 * meanGap);
  }

  /** Whether the job has another parallelism when it starts again. */
  boolean isRescaled() {
    return random.nextInt(RESCALED_IN) == 0;
  }

  /** How long it takes until a suspended job is wanted again. */
  int pauseMillis() {
    return random.nextInt(LONGEST_PAUSE_MILLIS);
  }

  Random random() {
    return random;
  }

  /** What is wanted as soon as all tasks run, or null. */
  Order atStart() {
    return random.nextInt(CHECKPOINT_AT_START_IN) == 0 ? Order.CHECKPOINT : null;
  }

  /** What is wanted in this step, or null. */
  Order at(long step) {
    if (left == 0 || step < nextStep) {
      return null;
    }
    left--;
    nextStep = step + gap();
    return kinds.get(random.nextInt(kinds.size()));
  }
}
