package io.weir.sim;

import io.weir.api.datastream.DataStream;

/** How records come from one operator to the next, if they are not spread by key. */
enum Exchange {
  AS_PLANNED,
  REBALANCE,
  RESCALE,
  SHUFFLE,
  GLOBAL,
  BROADCAST;

  DataStream<Event> apply(DataStream<Event> stream) {
    return switch (this) {
      case AS_PLANNED -> stream;
      case REBALANCE -> stream.rebalance();
      case RESCALE -> stream.rescale();
      case SHUFFLE -> stream.shuffle();
      case GLOBAL -> stream.global();
      case BROADCAST -> stream.broadcast();
    };
  }
}
