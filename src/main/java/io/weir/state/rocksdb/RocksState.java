package io.weir.state.rocksdb;

import io.weir.state.KeyedEntryReader;
import io.weir.state.TimeToLive;
import java.util.function.Consumer;

/**
 * A state that the job has asked for: what the backend must know of it.
 *
 * @param objects null for a queue of timers
 * @param view what the job was given
 * @param restoring puts in the reader's present value, element or timer; its key is the current one
 * @param timeToLive of its values; null for a queue of timers
 * @param sweep what removes expired values; null if nothing does
 */
record RocksState<K, N>(
    Family family,
    CachedObjects<K, N> objects,
    Object view,
    Consumer<KeyedEntryReader<K, N>> restoring,
    TimeToLive timeToLive,
    ExpirySweep<K, N> sweep) {}
