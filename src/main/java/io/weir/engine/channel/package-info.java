/**
 * The queues between tasks: a {@link io.weir.engine.channel.Channel} joins one producer task and
 * one consumer task.
 *
 * <p>A channel is a bounded single-producer single-consumer ring of items; an item is a {@link
 * io.weir.engine.channel.RecordBatch} or a {@link io.weir.engine.channel.ChannelEvent}. Records are
 * not serialized. Back-pressure is the ring being full: the producer then puts what the record at
 * hand still emits into an overdraft and stops polling. There is no lock; whoever waits says so
 * through its {@link io.weir.engine.channel.Signal}.
 */
package io.weir.engine.channel;
