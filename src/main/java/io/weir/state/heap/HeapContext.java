package io.weir.state.heap;

import io.weir.api.types.TypeInformation;
import io.weir.snapshot.KeyGroupRange;
import io.weir.state.StateSerializers;
import java.util.function.LongSupplier;

/**
 * What all states of one backend share.
 *
 * @param clockMillis processing time, milliseconds since the epoch
 */
record HeapContext<K>(
    TypeInformation<K> keyType,
    KeyGroupRange range,
    CurrentKey<K> current,
    Epochs epochs,
    StateSerializers serializers,
    LongSupplier clockMillis) {}
