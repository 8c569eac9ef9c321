/**
 * What an author's calls describe: a graph of {@link io.weir.api.graph.Transformation}s. Pure data
 * without an engine: the fluent classes of {@code api.datastream} write it, {@code plan} and the
 * translator to Flink read it.
 *
 * <p>A transformation may be changed (named, sized) by the thread that defines the job, until the
 * job is submitted; afterwards it is only read. All else here is immutable.
 */
package io.weir.api.graph;
