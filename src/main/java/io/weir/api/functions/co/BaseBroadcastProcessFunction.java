package io.weir.api.functions.co;

import io.weir.api.functions.AbstractRichFunction;
import io.weir.api.state.BroadcastState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReadOnlyBroadcastState;
import io.weir.api.types.OutputTag;

/** What the two kinds of broadcast functions have in common: their contexts. */
public abstract class BaseBroadcastProcessFunction extends AbstractRichFunction {
  private static final long serialVersionUID = 1L;

  /** What the function may know and do while it processes a record of either side. */
  @SuppressWarnings("ClassCanBeStatic") // inner, as the contexts of the subclasses are
  abstract class BaseContext {
    /** Timestamp of the record or time of the timer; null if the record has none. */
    public abstract Long timestamp();

    /**
     * Emits a record to a side output.
     *
     * @param outputTag which side output, not null
     * @param value the record
     */
    public abstract <X> void output(OutputTag<X> outputTag, X value);

    /** The clock of the server in milliseconds since 1970. */
    public abstract long currentProcessingTime();

    /** The present watermark; {@link Long#MIN_VALUE} before the first one. */
    public abstract long currentWatermark();
  }

  /** The context of the broadcast side, which may change broadcast state. */
  public abstract class Context extends BaseContext {
    /**
     * The broadcast state of a descriptor that was given to {@code broadcast(...)}. All subtasks
     * must change it in the same way, since each has a copy.
     *
     * @throws IllegalArgumentException if {@code broadcast(...)} was not given such a descriptor
     */
    public abstract <K, V> BroadcastState<K, V> getBroadcastState(
        MapStateDescriptor<K, V> stateDescriptor);
  }

  /** The context of the other side, which may only read broadcast state. */
  public abstract class ReadOnlyContext extends BaseContext {
    /**
     * The broadcast state of a descriptor that was given to {@code broadcast(...)}.
     *
     * @throws IllegalArgumentException if {@code broadcast(...)} was not given such a descriptor
     */
    public abstract <K, V> ReadOnlyBroadcastState<K, V> getBroadcastState(
        MapStateDescriptor<K, V> stateDescriptor);
  }
}
