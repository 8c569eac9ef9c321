/**
 * The queues between tasks: a {@link io.weir.engine.channel.Channel} joins one producer task and
 * one consumer task.
 *
 * <p>A channel is a single-producer single-consumer ring of items; an item is a {@link
 * io.weir.engine.channel.RecordBatch} or a {@link io.weir.engine.channel.ChannelEvent}. Records are
 * not serialized. Back-pressure is the channel being full: the producer then stops polling; what
 * the record at hand still emits, and barriers, exceed the capacity. There is no lock; whoever
 * waits says so through its {@link io.weir.engine.channel.Signal}.
 *
 * <p>A barrier that may overtake records is announced to the consumer with its position in the
 * channel. {@link io.weir.engine.channel.InFlightCapture} collects what stands in front of it as
 * channel state; {@link io.weir.engine.channel.InFlightRestore} puts it back in front of new
 * records.
 */
package io.weir.engine.channel;
