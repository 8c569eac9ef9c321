/**
 * What the catalog keeps of jobs, attempts, checkpoints and failures: immutable rows, which may be
 * shared between threads.
 */
package io.weir.job.history;
