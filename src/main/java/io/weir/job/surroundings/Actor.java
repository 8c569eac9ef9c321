package io.weir.job.surroundings;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * Runs what it is told one after another, in order, never two at once: the state of whoever uses it
 * needs no locks.
 */
public final class Actor {
  private static final int CHUNK = 32;

  /** So that one busy job leaves the executor's threads to others now and then. */
  private static final int MAX_PER_TURN = 256;

  private final Executor executor;
  private final Consumer<Throwable> onFailure;
  private final MpscUnboundedArrayQueue<Runnable> events = new MpscUnboundedArrayQueue<>(CHUNK);

  /** Whether a turn has been asked for or is under way. */
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /**
   * Creates an actor with nothing to do.
   *
   * @param onFailure takes what an event throws; the actor goes on with the next one
   */
  public Actor(Executor executor, Consumer<Throwable> onFailure) {
    this.executor = executor;
    this.onFailure = onFailure;
  }

  /** Adds something to do; from any thread. */
  public void tell(Runnable event) {
    events.add(event);
    schedule();
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      executor.execute(this::turn);
    }
  }

  private void turn() {
    try {
      for (int i = 0; i < MAX_PER_TURN; i++) {
        Runnable event = events.poll();
        if (event == null) {
          break;
        }
        handle(event);
      }
    } finally {
      scheduled.set(false);
      if (!events.isEmpty()) {
        schedule();
      }
    }
  }

  private void handle(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException | Error e) {
      onFailure.accept(e);
    }
  }
}
