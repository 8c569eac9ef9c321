package io.weir.engine.channel;

import io.weir.barrier.Barrier;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jctools.queues.SpscArrayQueue;
import org.jctools.queues.SpscUnboundedArrayQueue;

/**
 * Joins one producer task and one consumer task.
 *
 * <p>The methods are of two sides: {@link #emit}, {@link #emitEvent}, {@link #emitBarrier}, {@link
 * #flush}, {@link #flushIfConsumerIsIdle} and {@link #hasRoom} belong to the producer's thread,
 * {@link #poll}, {@link #recycle}, {@link #limitBatches}, {@link #forEachInFrontOf} and {@link
 * #restore} to the consumer's.
 */
public final class Channel {
  /**
   * Items with which a channel is full. What the record at hand still emits, and a barrier with the
   * batch that it cuts off, are taken beyond that.
   */
  public static final int CAPACITY_ITEMS = 16;

  /** Batches in a full channel, with the one that the producer fills. */
  public static final int MOST_BATCHES = CAPACITY_ITEMS + 1;

  private final SpscUnboundedArrayQueue<ChannelItem> ring =
      new SpscUnboundedArrayQueue<>(2 * CAPACITY_ITEMS);

  /**
   * Batches on their way back; one more than can be in the ring or at either end never exist, so it
   * cannot overflow but for those beyond the capacity, which are left to the collector.
   */
  private final SpscArrayQueue<RecordBatch> recycled = new SpscArrayQueue<>(2 * CAPACITY_ITEMS);

  /**
   * Records with which a batch is full, from 1 to {@link RecordBatch#CAPACITY}. Written by the
   * consumer, read by the producer once per batch.
   */
  private volatile int batchRecords;

  private final Signal producer;
  private final Signal consumer;

  /** Producer only: the batch being filled; never null. */
  private RecordBatch filling = new RecordBatch();

  /**
   * Consumer only: items in front of those in the ring, oldest first: restored ones, and those that
   * a barrier has been looked for among.
   */
  private final ArrayDeque<ChannelItem> front = new ArrayDeque<>();

  /** Size of {@link #front}. Written by the consumer, read by the producer. */
  private volatile int frontItems;

  /**
   * A channel whose batches are as long as possible.
   *
   * @param producer of the task that emits
   * @param consumer of the task that polls
   */
  public Channel(Signal producer, Signal consumer) {
    this(producer, consumer, RecordBatch.CAPACITY);
  }

  /**
   * @param producer of the task that emits
   * @param consumer of the task that polls
   * @param batchRecords with which a batch is full until {@link #limitBatches}, from 1 to {@link
   *     RecordBatch#CAPACITY}
   */
  public Channel(Signal producer, Signal consumer, int batchRecords) {
    this.producer = producer;
    this.consumer = consumer;
    this.batchRecords = batchRecords;
    filling.limit = batchRecords;
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
   * Adds a barrier behind all records so far, and hands everything over.
   *
   * @return its position, for {@link #forEachInFrontOf}
   */
  public long emitBarrier(Barrier barrier) {
    enqueueFilling();
    long position = ring.currentProducerIndex();
    enqueue(new ChannelEvent.CheckpointBarrier(barrier, queuedItems()));
    return position;
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

  /** Whether there is room for more. */
  public boolean hasRoom() {
    return queuedItems() < CAPACITY_ITEMS;
  }

  /** Batches and events that have not been polled; an estimate, for any thread. */
  public int queuedItems() {
    return frontItems + ring.size();
  }

  private void enqueueFilling() {
    if (filling.size > 0) {
      RecordBatch full = filling;
      RecordBatch empty = recycled.poll();
      filling = empty == null ? new RecordBatch() : empty;
      filling.limit = batchRecords;
      enqueue(full);
    }
  }

  private boolean enqueue(ChannelItem item) {
    ring.offer(item);
    consumer.raise();
    return hasRoom();
  }

  /** Takes the next item, or null. A batch is to be given back through {@link #recycle}. */
  public ChannelItem poll() {
    ChannelItem item = frontItems == 0 ? ring.poll() : pollFront();
    if (item != null && queuedItems() <= CAPACITY_ITEMS / 2) {
      producer.raise();
    }
    return item;
  }

  private ChannelItem pollFront() {
    ChannelItem item = front.remove();
    frontItems = front.size();
    return item;
  }

  /**
   * Whether there is nothing to poll; may be called by the consumer and, as an estimate, by anyone.
   */
  public boolean isEmpty() {
    return frontItems == 0 && ring.isEmpty();
  }

  /** Share of the capacity that is filled, from 0 to 1; an estimate, for any thread. */
  public double fillRatio() {
    return Math.min(1, (double) queuedItems() / CAPACITY_ITEMS);
  }

  /**
   * Limits the batches that the producer begins from now on: the channel then holds fewer records,
   * and as many items as ever.
   *
   * @param records from 1 to {@link RecordBatch#CAPACITY}
   */
  public void limitBatches(int records) {
    batchRecords = records;
  }

  /** Gives a batch back whose records have been processed. */
  public void recycle(RecordBatch batch) {
    batch.clear();
    recycled.offer(batch);
  }

  /**
   * Shows what has not been polled in front of a barrier, oldest first. It stays there.
   *
   * @param position of the barrier
   */
  public void forEachInFrontOf(long position, Consumer<ChannelItem> visitor) {
    while (ring.currentConsumerIndex() < position) {
      front.add(ring.poll());
    }
    frontItems = front.size();
    front.forEach(visitor);
  }

  /**
   * Puts a record in front of all that the producer emits, behind those restored before; only
   * before the first {@link #poll}.
   */
  public void restore(Object value, long timestamp) {
    if (front.isEmpty() || ((RecordBatch) front.getLast()).isFull()) {
      front.add(new RecordBatch());
      frontItems = front.size();
    }
    ((RecordBatch) front.getLast()).add(value, timestamp);
  }
}
