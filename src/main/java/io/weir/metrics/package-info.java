/**
 * What a monitoring system is told: MicroProfile Metrics per job, and MicroProfile Health. Facts
 * are read from the {@link io.weir.job.Dispatcher} when they are asked for, on the thread of the
 * request.
 */
package io.weir.metrics;
