/**
 * How fast a snapshot of a gigabyte is written and read on each storage, against what the storage's
 * library alone does with the same server: {@code scripts/store-throughput}.
 */
package io.weir.storage.throughput;
