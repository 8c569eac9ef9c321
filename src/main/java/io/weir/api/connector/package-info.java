/**
 * What sources and sinks have in common. The two contracts are in {@link
 * io.weir.api.connector.source} and {@link io.weir.api.connector.sink}.
 */
package io.weir.api.connector;
