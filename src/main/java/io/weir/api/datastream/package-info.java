/**
 * The streams of a job. Every call adds a node to the graph of the environment and runs nothing;
 * {@code execute()} does.
 *
 * <p>A stream is used by the one thread that defines the job.
 */
package io.weir.api.datastream;
