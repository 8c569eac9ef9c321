/**
 * Sources that need nothing from outside: a range of numbers and a given collection. Both are
 * bounded and continue exactly where a snapshot was taken.
 *
 * <p>As all sources, they are copied for every subtask; readers and enumerators are each used by
 * one thread at a time.
 */
package io.weir.api.connector.lib;
