/**
 * What a job needs when it runs in a process of its own, from a {@code main} method or a test: a
 * catalog that lives as long as the process.
 */
package io.weir.job.local;
