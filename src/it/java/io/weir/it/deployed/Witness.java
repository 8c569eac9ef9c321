package io.weir.it.deployed;

import jakarta.enterprise.concurrent.ManageableThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A bean that functions have injected, and that remembers who has called it. */
@ApplicationScoped
public class Witness {

  /**
   * One call of a function's {@code open}.
   *
   * @param managed whether the thread is the container's
   * @param ofTheApplication whether the thread has the application's context
   */
  public record Opening(int subtask, String thread, boolean managed, boolean ofTheApplication) {}

  private final List<Opening> openings = new CopyOnWriteArrayList<>();

  /** Called by functions in {@code open}. */
  public void opened(int subtask) {
    Thread thread = Thread.currentThread();
    openings.add(
        new Opening(
            subtask,
            thread.getName(),
            thread instanceof ManageableThread,
            seesTheApplication(thread)));
  }

  private static boolean seesTheApplication(Thread thread) {
    try {
      return thread.getContextClassLoader().loadClass(Witness.class.getName()) == Witness.class;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  public List<Opening> openings() {
    return List.copyOf(openings);
  }
}
