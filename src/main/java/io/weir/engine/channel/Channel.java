package io.weir.engine.channel;

import java.util.ArrayDeque;
import org.jctools.queues.SpscArrayQueue;

/**
 * Joins one producer task and one consumer task.
 *
 * <p>The methods are of two sides: {@link #emit}, {@link #emitEvent}, {@link #flush}, {@link
 * #flushIfConsumerIsIdle} and {@link #hasRoom} belong to the producer's thread, {@link #poll} and
 * {@link #recycle} to the consumer's.
 */
public final class Channel {
  /** Items in a full ring. */
  public static final int CAPACITY_ITEMS = 16;

  private final SpscArrayQueue<ChannelItem> ring = new SpscArrayQueue<>(CAPACITY_ITEMS);

  /**
   * Batches on their way back; one more than can be in the ring or at either end never exist, so it
   * cannot overflow but for an overdraft, which is left to the collector.
   */
  private final SpscArrayQueue<RecordBatch> recycled = new SpscArrayQueue<>(2 * CAPACITY_ITEMS);

  private final Signal producer;
  private final Signal consumer;

  /** Producer only: the batch being filled; never null. */
  private RecordBatch filling = new RecordBatch();

  /**
   * Producer only: items that found the ring full, oldest first. While it is not empty, the
   * producer polls no input.
   */
  private final ArrayDeque<ChannelItem> overdraft = new ArrayDeque<>();

  /**
   * @param producer of the task that emits
   * @param consumer of the task that polls
   */
  public Channel(Signal producer, Signal consumer) {
    this.producer = producer;
    this.consumer = consumer;
  }

  /**
   * Adds a record.
   *
   * @return whether there is room for more
   */
  public boolean emit(Object value, long timestamp) {
    RecordBatch batch = filling;
    batch.add(value, timestamp);
    return batch.isFull() ? flush() : true;
  }

  /**
   * Adds an event behind all records so far, and hands everything over.
   *
   * @return whether there is room for more
   */
  public boolean emitEvent(ChannelEvent event) {
    enqueueFilling();
    return enqueue(event);
  }

  /**
   * Hands over what has been emitted.
   *
   * @return whether there is room for more
   */
  public boolean flush() {
    enqueueFilling();
    return hasRoom();
  }

  /**
   * Hands over an unfinished batch if the consumer has nothing else to read: waiting for more
   * records would only add latency.
   */
  public void flushIfConsumerIsIdle() {
    if (filling.size > 0 && ring.isEmpty()) {
      enqueueFilling();
    }
  }

  /**
   * Moves what it can from the overdraft to the ring, and says whether all of it is gone and there
   * is room for more.
   */
  public boolean hasRoom() {
    if (!overdraft.isEmpty()) {
      boolean moved = false;
      while (!overdraft.isEmpty() && ring.offer(overdraft.peek())) {
        overdraft.remove();
        moved = true;
      }
      if (moved) {
        consumer.raise();
      }
    }
    return overdraft.isEmpty() && ring.size() < CAPACITY_ITEMS;
  }

  private void enqueueFilling() {
    if (filling.size > 0) {
      RecordBatch full = filling;
      RecordBatch empty = recycled.poll();
      filling = empty == null ? new RecordBatch() : empty;
      enqueue(full);
    }
  }

  private boolean enqueue(ChannelItem item) {
    if (overdraft.isEmpty() && ring.offer(item)) {
      consumer.raise();
      return true;
    }
    overdraft.add(item);
    return false;
  }

  /** Takes the next item, or null. A batch is to be given back through {@link #recycle}. */
  public ChannelItem poll() {
    ChannelItem item = ring.poll();
    if (item != null && ring.size() <= CAPACITY_ITEMS / 2) {
      producer.raise();
    }
    return item;
  }

  /**
   * Whether there is nothing to poll; may be called by the consumer and, as an estimate, by anyone.
   */
  public boolean isEmpty() {
    return ring.isEmpty();
  }

  /** Share of the ring that is filled, from 0 to 1; an estimate, for any thread. */
  public double fillRatio() {
    return (double) ring.size() / CAPACITY_ITEMS;
  }

  /** Gives a batch back whose records have been processed. */
  public void recycle(RecordBatch batch) {
    batch.clear();
    recycled.offer(batch);
  }
}
