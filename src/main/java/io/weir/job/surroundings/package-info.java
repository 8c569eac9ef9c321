/**
 * What a job needs from where it runs: the ports to catalog, storage, threads and time, which the
 * server, a {@code main} method or the simulation fill in, and the one thread on which all that
 * concerns a job happens.
 */
package io.weir.job.surroundings;
