/**
 * A source that computes its records from their numbers.
 *
 * <p>The source is an immutable description; a reader, with its own copy of the function, is used
 * by the thread of its task alone.
 */
package io.weir.connector.generator;
