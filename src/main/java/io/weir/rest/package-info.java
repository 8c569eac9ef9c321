/**
 * The HTTP contract: what Flink's REST API answers about jobs and checkpoints, in its shapes and
 * with its status codes, and what Weir adds below {@code /weir/v1}. No logic: everything it says
 * comes from the {@link io.weir.job.Dispatcher} and the catalog.
 *
 * <p>Resources live as long as a request; beans of the application's scope are safe for use by
 * several threads.
 */
package io.weir.rest;
