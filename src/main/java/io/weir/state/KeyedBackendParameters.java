package io.weir.state;

import io.weir.api.types.TypeInformation;
import io.weir.snapshot.KeyGroupRange;
import io.weir.snapshot.KeyedStateHandle;
import io.weir.snapshot.StateReader;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What a backend needs to come to life.
 *
 * @param operatorName for messages
 * @param restored the old state, of which the backend takes the key groups of its range; empty for
 *     a fresh start
 * @param reader opens the restored handles
 * @param clockMillis processing time, for the time to live of state, milliseconds since the epoch
 */
public record KeyedBackendParameters<K>(
    String operatorName,
    TypeInformation<K> keyType,
    int maxParallelism,
    KeyGroupRange range,
    List<KeyedStateHandle> restored,
    StateReader reader,
    LongSupplier clockMillis) {}
