package io.weir.api.connector;

import io.weir.api.eventtime.Watermark;
import java.io.IOException;

/**
 * Writes the records of a subtask.
 *
 * @param <InputT> type of the records
 */
@SuppressWarnings("try") // close() may throw anything; the task restores an interrupt
public interface SinkWriter<InputT> extends AutoCloseable {
  /**
   * Writes a record; it may be kept until {@link #flush}.
   *
   * @param element the record
   * @param context its time; valid during the call only
   * @throws IOException to fail the task
   * @throws InterruptedException when the task is cancelled
   */
  void write(InputT element, Context context) throws IOException, InterruptedException;

  /**
   * Writes everything that is kept: called before every checkpoint and at the end of the input.
   *
   * @param endOfInput whether no more records follow
   * @throws IOException to fail the task
   * @throws InterruptedException when the task is cancelled
   */
  void flush(boolean endOfInput) throws IOException, InterruptedException;

  /**
   * A watermark arrived.
   *
   * @param watermark the watermark, not null
   * @throws IOException to fail the task
   * @throws InterruptedException when the task is cancelled
   */
  default void writeWatermark(Watermark watermark) throws IOException, InterruptedException {}

  /** The time of a record. */
  interface Context {
    /** The present watermark; {@link Long#MIN_VALUE} before the first one. */
    long currentWatermark();

    /** Timestamp of the record; null if it has none. */
    Long timestamp();
  }
}
