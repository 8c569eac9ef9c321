package io.weir.engine.channel;

/** What a channel's ring holds. */
public sealed interface ChannelItem permits RecordBatch, ChannelEvent {}
