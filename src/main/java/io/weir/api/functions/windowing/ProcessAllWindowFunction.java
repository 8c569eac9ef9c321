package io.weir.api.functions.windowing;

import io.weir.api.functions.AbstractRichFunction;
import io.weir.api.state.KeyedStateStore;
import io.weir.api.types.Collector;
import io.weir.api.types.OutputTag;
import io.weir.api.windowing.windows.Window;

/**
 * Makes records of the contents of a window of a stream without keys, with access to state and side
 * outputs.
 *
 * @param <IN> type of the window's elements
 * @param <OUT> type of the output
 * @param <W> type of the window
 */
public abstract class ProcessAllWindowFunction<IN, OUT, W extends Window>
    extends AbstractRichFunction {
  private static final long serialVersionUID = 1L;

  /**
   * Makes records of a window.
   *
   * @param context the window and its state; valid during the call only
   * @param elements its elements; must not be changed
   * @param out takes what is emitted, with the window's greatest timestamp
   * @throws Exception to fail the task
   */
  public abstract void process(Context context, Iterable<IN> elements, Collector<OUT> out)
      throws Exception;

  /**
   * Called when a window is forgotten: the moment to clear its own state.
   *
   * @param context the window and its state; valid during the call only
   * @throws Exception to fail the task
   */
  public void clear(Context context) throws Exception {}

  /** The window and its surroundings. */
  public abstract class Context {
    /** The window. */
    public abstract W window();

    /** State of this window; what is put there must be cleared in {@link #clear}. */
    public abstract KeyedStateStore windowState();

    /** State over all windows. */
    public abstract KeyedStateStore globalState();

    /**
     * Emits a record to a side output.
     *
     * @param outputTag which side output, not null
     * @param value the record
     */
    public abstract <X> void output(OutputTag<X> outputTag, X value);
  }
}
