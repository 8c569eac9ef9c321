package io.weir.api.windowing.assigners;

import io.weir.api.types.InvalidTypesException;
import io.weir.api.types.TypeExtraction;
import io.weir.api.types.TypeInformation;
import io.weir.api.windowing.triggers.Trigger;
import io.weir.api.windowing.windows.Window;
import java.io.Serializable;
import java.util.Collection;

/**
 * Says to which windows a record belongs.
 *
 * @param <T> type of the records
 * @param <W> type of the windows
 */
public abstract class WindowAssigner<T, W extends Window> implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The windows of a record.
   *
   * @param timestamp event time of the record, {@link Long#MIN_VALUE} if it has none
   */
  public abstract Collection<W> assignWindows(
      T element, long timestamp, WindowAssignerContext context);

  /** The trigger of windows for which the author sets none. */
  public abstract Trigger<T, W> getDefaultTrigger();

  /** Whether windows end by event time; otherwise by processing time. */
  public abstract boolean isEventTime();

  /**
   * The type of the windows; it becomes part of the state. Taken from the class' type argument.
   *
   * @throws InvalidTypesException if the type argument is not known; then override this method
   */
  public TypeInformation<W> getWindowType() {
    return TypeExtraction.<W>typeArgument(getClass(), WindowAssigner.class, 1)
        .orElseThrow(
            () ->
                new InvalidTypesException(
                    "The type of the windows of "
                        + getClass().getName()
                        + " is unknown. Override getWindowType() in it."));
  }

  /** What an assigner may ask for. */
  public abstract static class WindowAssignerContext {
    /** The present processing time in milliseconds since 1970. */
    public abstract long getCurrentProcessingTime();
  }
}
