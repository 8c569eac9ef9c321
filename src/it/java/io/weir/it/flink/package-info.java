/** Flink's own Java client, unchanged, against a Weir server. */
package io.weir.it.flink;
