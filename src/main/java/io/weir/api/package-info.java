/**
 * What the author of a job writes against, with the names and the behaviour of Flink's DataStream
 * API. Here is the job itself; the rest is in the sub-packages.
 *
 * <p>A job is defined by one thread. What the functions of a job may do is said where they are.
 */
package io.weir.api;
